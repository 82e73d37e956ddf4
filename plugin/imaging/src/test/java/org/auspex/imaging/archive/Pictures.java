package org.auspex.imaging.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;

/** Small ultrasound images of invented patients, as DICOM files. */
public final class Pictures {

    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1";

    private Pictures() {}

    /** 4 x 4 pixels of 8 bits. */
    public static Dataset picture(String study, String series, String instance) {
        return new Dataset()
                .set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192")
                .set(Tags.SOP_CLASS_UID, Vr.UI, ULTRASOUND)
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, instance)
                .set(Tags.STUDY_DATE, Vr.DA, "20260102")
                .set(Tags.STUDY_TIME, Vr.TM, "1015")
                .set(Tags.ACCESSION_NUMBER, Vr.SH, "A7")
                .set(Tags.MODALITY, Vr.CS, "US")
                .set(Tags.STUDY_DESCRIPTION, Vr.LO, "Breast")
                .set(Tags.PATIENT_NAME, Vr.PN, "Müller^Anna")
                .set(Tags.PATIENT_ID, Vr.LO, "4711")
                .set(Tags.ISSUER_OF_PATIENT_ID, Vr.LO, "WARD")
                .set(Tags.PATIENT_BIRTH_DATE, Vr.DA, "19700203")
                .set(Tags.PATIENT_SEX, Vr.CS, "F")
                .set(Tags.STUDY_INSTANCE_UID, Vr.UI, study)
                .set(Tags.SERIES_INSTANCE_UID, Vr.UI, series)
                .set(Tags.STUDY_ID, Vr.SH, "1")
                .set(Tags.SERIES_NUMBER, Vr.IS, 1L)
                .set(Tags.INSTANCE_NUMBER, Vr.IS, 1L)
                .set(Tags.SAMPLES_PER_PIXEL, Vr.US, 1L)
                .set(0x00280004, Vr.CS, "MONOCHROME2")
                .set(Tags.ROWS, Vr.US, 4L)
                .set(Tags.COLUMNS, Vr.US, 4L)
                .set(Tags.BITS_ALLOCATED, Vr.US, 8L)
                .set(0x00280101, Vr.US, 8L)
                .set(0x00280102, Vr.US, 7L)
                .set(0x00280103, Vr.US, 0L)
                .set(Tags.PIXEL_DATA, Vr.OB, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
    }

    public static Path file(Path folder, Dataset dataset) {
        try {
            var file = Files.createTempFile(folder, "picture", ".dcm");
            try (var out = Files.newOutputStream(file)) {
                new BusToolkit().write(new DicomObject(dataset, EXPLICIT), out);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
