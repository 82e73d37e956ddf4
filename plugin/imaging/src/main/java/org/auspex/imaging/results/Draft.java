package org.auspex.imaging.results;

import java.time.LocalDateTime;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.SourceFrame;

/**
 * What every object about one prediction has in common.
 *
 * @param source the frames that were looked at; masks and rasters have their order
 * @param title what the series are called, such as {@code breast-ultrasound 1.0.0}
 * @param seed what the UIDs are made of: the identity of the prediction, and the image if each has objects of its own
 * @param at when the prediction was made, by the clock of the place
 */
public record Draft(List<SourceFrame> source, Algorithm algorithm, String title, String seed, LocalDateTime at) {

    /** @throws DicomRefused if there are no frames, or they are not of one study, or not of one size */
    public Draft {
        source = List.copyOf(source);
        if (source.isEmpty()) {
            throw new DicomRefused("There is no frame that the result could be about");
        }
        same(source, "study", frame -> frame.object().string(Tags.STUDY_INSTANCE_UID));
        same(source, "patient", frame -> frame.object().string(Tags.PATIENT_ID));
        same(source, "number of rows and columns", frame -> frame.rows() + " x " + frame.columns());
    }

    private static void same(
            List<SourceFrame> source, String what, java.util.function.Function<SourceFrame, Object> of) {
        if (source.stream().map(of).distinct().count() > 1) {
            throw new DicomRefused("The frames are not of the same %s; ask about one at a time".formatted(what));
        }
    }

    /** The header of the first object. */
    public Dataset first() {
        return source.get(0).object();
    }

    public int rows() {
        return source.get(0).rows();
    }

    public int columns() {
        return source.get(0).columns();
    }

    public String uid(String of) {
        return Uids.of(seed + "|" + of);
    }

    /**
     * That a mask or raster is about these frames.
     *
     * @throws IllegalArgumentException if it is not
     */
    public void require(int frames, int rows, int columns) {
        if (frames != source.size() || rows != rows() || columns != columns()) {
            throw new IllegalArgumentException(
                    "%d frames of %d x %d pixels are not the %d frames of %d x %d of the source"
                            .formatted(frames, rows, columns, source.size(), rows(), columns()));
        }
    }
}
