package org.auspex.imaging.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.pixels.Plane;
import org.auspex.imaging.pixels.SourceFrame;

/** Frames of synthetic studies. */
public final class Sources {

    public static final int ROWS = 12;
    public static final int COLUMNS = 10;

    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    private static final String ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1";
    private static final String ULTRASOUND_MULTI_FRAME = "1.2.840.10008.5.1.4.1.1.3.1";

    private Sources() {}

    /** Head first, from the feet up: 5 slices of 2.5 mm, pixels of 0.8 by 0.7 mm. */
    public static List<SourceFrame> axial() {
        return slices(List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0), new double[] {0, 0, 2.5});
    }

    /** Turned about two axes. */
    public static List<SourceFrame> oblique() {
        double c = Math.cos(0.5);
        double s = Math.sin(0.5);
        double d = Math.cos(0.3);
        double e = Math.sin(0.3);
        var normal = new double[] {s * e, -c * e, d};
        return slices(
                List.of(c, s, 0.0, -s * d, c * d, e), new double[] {2.5 * normal[0], 2.5 * normal[1], 2.5 * normal[2]});
    }

    /** Rows and columns count towards the right and the front, and slices come from the head down. */
    public static List<SourceFrame> flipped() {
        return slices(List.of(-1.0, 0.0, 0.0, 0.0, -1.0, 0.0), new double[] {0, 0, -2.5});
    }

    private static List<SourceFrame> slices(List<Double> along, double[] step) {
        var frames = new ArrayList<SourceFrame>();
        for (int i = 0; i < 5; i++) {
            var position = List.of(-50.25 + i * step[0], 20.5 + i * step[1], 100 + i * step[2]);
            var object = object(CT, "CT", "1.2.3.4." + (i + 1))
                    .set(Tags.FRAME_OF_REFERENCE_UID, Vr.UI, "1.2.3.9")
                    .set(Tags.SLICE_THICKNESS, Vr.DS, 2.5);
            frames.add(new SourceFrame(
                    object,
                    1,
                    ROWS,
                    COLUMNS,
                    Optional.of(new Plane(position, along, List.of(0.8, 0.7))),
                    Optional.of(new SourceFrame.Spacing(0.8, 0.7))));
        }
        return List.copyOf(frames);
    }

    public static List<SourceFrame> ultrasound() {
        var object = object(ULTRASOUND, "US", "1.2.3.4.1")
                .set(Tags.LOSSY_IMAGE_COMPRESSION, Vr.CS, "01")
                .set(Tags.LOSSY_IMAGE_COMPRESSION_RATIO, Vr.DS, 10.0)
                .set(Tags.LOSSY_IMAGE_COMPRESSION_METHOD, Vr.CS, "ISO_10918_1");
        return List.of(new SourceFrame(object, 1, ROWS, COLUMNS, Optional.empty(), Optional.empty()));
    }

    public static List<SourceFrame> ultrasoundLoop() {
        var object = object(ULTRASOUND_MULTI_FRAME, "US", "1.2.3.4.1").set(Tags.NUMBER_OF_FRAMES, Vr.IS, 3L);
        var frames = new ArrayList<SourceFrame>();
        for (int i = 1; i <= 3; i++) {
            frames.add(new SourceFrame(
                    object, i, ROWS, COLUMNS, Optional.empty(), Optional.of(new SourceFrame.Spacing(0.1, 0.1))));
        }
        return List.copyOf(frames);
    }

    private static Dataset object(String sopClass, String modality, String uid) {
        return new Dataset()
                .set(Tags.SOP_CLASS_UID, Vr.UI, sopClass)
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, uid)
                .set(Tags.STUDY_INSTANCE_UID, Vr.UI, "1.2.3")
                .set(Tags.SERIES_INSTANCE_UID, Vr.UI, "1.2.3.4")
                .set(Tags.MODALITY, Vr.CS, modality)
                .set(Tags.STUDY_DATE, Vr.DA, "20260102")
                .set(Tags.STUDY_TIME, Vr.TM, "101112")
                .set(Tags.STUDY_ID, Vr.SH, "7")
                .set(Tags.ACCESSION_NUMBER, Vr.SH, "A7")
                .set(Tags.REFERRING_PHYSICIAN_NAME, Vr.PN, "Ärztin^Zoë")
                .set(Tags.PATIENT_NAME, Vr.PN, "Wang^XiaoDong=王^小东")
                .set(Tags.PATIENT_ID, Vr.LO, "P7")
                .set(Tags.PATIENT_BIRTH_DATE, Vr.DA, "19700102")
                .set(Tags.PATIENT_SEX, Vr.CS, "F");
    }
}
