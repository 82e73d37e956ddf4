package org.auspex.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;

/** Ultrasound images of 4 x 4 pixels, of invented patients. */
final class Ultrasound {

    static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.6.1";

    private Ultrasound() {}

    /** In study {@code 2.25.<study>}, its only series, of a woman born on 3 February 1970. */
    static Dataset image(int study, int number, String patientId) {
        return new Dataset()
                .set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192")
                .set(Tags.SOP_CLASS_UID, Vr.UI, SOP_CLASS)
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, "2.25.%d.1.%d".formatted(study, number))
                .set(Tags.STUDY_DATE, Vr.DA, "20260102")
                .set(Tags.STUDY_TIME, Vr.TM, "101500")
                .set(Tags.TIMEZONE_OFFSET_FROM_UTC, Vr.SH, "+0800")
                .set(Tags.MODALITY, Vr.CS, "US")
                .set(Tags.STUDY_DESCRIPTION, Vr.LO, "Breast")
                .set(Tags.PATIENT_NAME, Vr.PN, "Müller^Anna")
                .set(Tags.PATIENT_ID, Vr.LO, patientId)
                .set(Tags.ISSUER_OF_PATIENT_ID, Vr.LO, "WARD 1")
                .set(Tags.PATIENT_BIRTH_DATE, Vr.DA, "19700203")
                .set(Tags.PATIENT_SEX, Vr.CS, "F")
                .set(Tags.BODY_PART_EXAMINED, Vr.CS, "BREAST")
                .set(Tags.STUDY_INSTANCE_UID, Vr.UI, uid(study))
                .set(Tags.SERIES_INSTANCE_UID, Vr.UI, "2.25.%d.1".formatted(study))
                .set(Tags.SERIES_NUMBER, Vr.IS, 1L)
                .set(Tags.INSTANCE_NUMBER, Vr.IS, (long) number)
                .set(Tags.SAMPLES_PER_PIXEL, Vr.US, 1L)
                .set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
                .set(Tags.ROWS, Vr.US, 4L)
                .set(Tags.COLUMNS, Vr.US, 4L)
                .set(Tags.BITS_ALLOCATED, Vr.US, 8L)
                .set(Tags.BITS_STORED, Vr.US, 8L)
                .set(Tags.HIGH_BIT, Vr.US, 7L)
                .set(Tags.PIXEL_REPRESENTATION, Vr.US, 0L)
                .set(Tags.PIXEL_DATA, Vr.OB, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
    }

    static String uid(int study) {
        return "2.25." + study;
    }

    static byte[] file(Dataset image) {
        var bytes = new ByteArrayOutputStream();
        try {
            new BusToolkit().write(new DicomObject(image, "1.2.840.10008.1.2.1"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
