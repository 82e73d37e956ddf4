package org.auspex.imaging.pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.pixels.SeriesReader;
import org.auspex.imaging.pixels.Slide;
import org.auspex.kernel.images.ImageRefused;

/** Brings objects of archives within reach to read them, and puts new ones there. */
public final class PictureReader {

    private final Copies copies;
    private final SeriesReader series;

    public PictureReader(Copies copies, SeriesReader series) {
        this.copies = copies;
        this.series = series;
    }

    /** @throws ImageRefused if it cannot be fetched or read */
    ImageSeries read(StudyPicture.Place place, int frame) {
        return read(place, objects -> frame == 0 ? series.volume(objects) : series.image(objects.get(0), frame));
    }

    /** What is made of slides while they are within reach. */
    interface SlidesReading<T> {
        T of(List<Slide> slides) throws IOException;
    }

    /**
     * What slides say, each from its place.
     *
     * @throws ImageRefused if one cannot be fetched or read
     */
    <T> T slides(List<StudyPicture.Place> places, SlidesReading<T> reading) {
        return within(folder -> {
            var slides = new ArrayList<Slide>();
            for (var place : places) {
                slides.add(series.slide(objects(place, folder)));
            }
            return reading.of(slides);
        });
    }

    /** What is made of objects while they are within reach. */
    interface Reading<T> {
        T of(List<DicomObject> objects) throws IOException;
    }

    /**
     * What objects say.
     *
     * @throws ImageRefused if they cannot be fetched or read
     */
    <T> T read(StudyPicture.Place place, Reading<T> reading) {
        return within(folder -> reading.of(objects(place, folder)));
    }

    private List<DicomObject> objects(StudyPicture.Place place, Path folder) throws IOException {
        var objects = new ArrayList<DicomObject>();
        for (var instance : place.instances()) {
            objects.add(copies.read(place.archive(), instance, folder));
        }
        return objects;
    }

    private <T> T within(Copies.Work<T> work) {
        try {
            return copies.within(work);
        } catch (DicomRefused | ArchiveFailed e) {
            throw new ImageRefused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ImageRefused("a copy of it could not be read (%s); is the disk full?".formatted(e));
        }
    }

    /**
     * Stores objects; again does no harm.
     *
     * @throws ArchiveFailed if one of them is not in the archive afterwards
     */
    void store(List<DicomObject> objects, Archive archive) {
        try {
            copies.within(folder -> {
                var written = new ArrayList<Path>();
                for (var object : objects) {
                    written.add(copies.write(object, folder));
                }
                archive.store(written).forEach(PictureReader::requireKept);
                return written;
            });
        } catch (IOException e) {
            throw new ArchiveFailed(
                    ArchiveFailed.Kind.FULL, "The result could not be written to the folder of copies", e);
        }
    }

    /** UIDs follow from the result, so what is there under one is this result, kept at an earlier try. */
    private static void requireKept(Stored stored) {
        if (stored instanceof Stored.Refused refused && refused.reason() != Stored.Reason.DUPLICATE) {
            throw new ArchiveFailed(
                    ArchiveFailed.Kind.REFUSED, "The archive did not take the result: %s".formatted(refused.why()));
        }
    }
}
