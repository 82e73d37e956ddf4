package org.auspex.imaging.results;

import java.time.format.DateTimeFormatter;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;

/** The modules that all objects have: patient and study as the source says, a series of our own, the device, the object. */
public final class Header {

    static final String UTF_8 = "ISO_IR 192";

    /** Type 2 of the patient and study: there, if only empty. */
    private static final Vr[] VRS = {Vr.PN, Vr.LO, Vr.DA, Vr.CS, Vr.DA, Vr.TM, Vr.PN, Vr.SH, Vr.SH};

    private static final int[] REQUIRED = {
        Tags.PATIENT_NAME,
        Tags.PATIENT_ID,
        Tags.PATIENT_BIRTH_DATE,
        Tags.PATIENT_SEX,
        Tags.STUDY_DATE,
        Tags.STUDY_TIME,
        Tags.REFERRING_PHYSICIAN_NAME,
        Tags.STUDY_ID,
        Tags.ACCESSION_NUMBER
    };

    private Header() {}

    public static Dataset of(Draft draft, Kind kind) {
        var dataset = new Dataset();
        patientAndStudy(dataset, draft.first());
        series(dataset, draft, kind);
        device(dataset, draft.algorithm());
        return dataset.set(Tags.SPECIFIC_CHARACTER_SET, Vr.CS, UTF_8)
                .set(Tags.SOP_CLASS_UID, Vr.UI, kind.sopClass)
                .set(Tags.SOP_INSTANCE_UID, Vr.UI, uids(draft, kind).instance().value())
                .set(Tags.INSTANCE_NUMBER, Vr.IS, 1L)
                .set(Tags.CONTENT_DATE, Vr.DA, date(draft))
                .set(Tags.CONTENT_TIME, Vr.TM, time(draft))
                .set(Tags.INSTANCE_CREATION_DATE, Vr.DA, date(draft))
                .set(Tags.INSTANCE_CREATION_TIME, Vr.TM, time(draft));
    }

    /** Which object it will be. */
    public static InstanceUids uids(Draft draft, Kind kind) {
        return InstanceUids.of(
                References.required(draft.first(), Tags.STUDY_INSTANCE_UID),
                draft.uid(kind.name() + "|series"),
                draft.uid(kind.name()));
    }

    /** What its series is called. */
    public static String description(Draft draft, Kind kind) {
        return Words.within(64, kind.says + ": " + draft.title());
    }

    static String date(Draft draft) {
        return draft.at().format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    static String time(Draft draft) {
        return draft.at().format(DateTimeFormatter.ofPattern("HHmmss"));
    }

    private static void patientAndStudy(Dataset dataset, Dataset source) {
        for (int i = 0; i < REQUIRED.length; i++) {
            dataset.set(REQUIRED[i], VRS[i], new String[0]);
        }
        dataset.copy(source, REQUIRED)
                .copy(
                        source,
                        Tags.ISSUER_OF_PATIENT_ID,
                        Tags.ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE,
                        Tags.PATIENT_AGE,
                        Tags.PATIENT_SIZE,
                        Tags.PATIENT_WEIGHT,
                        Tags.PATIENT_IDENTITY_REMOVED,
                        Tags.DEIDENTIFICATION_METHOD,
                        Tags.DEIDENTIFICATION_METHOD_CODE_SEQUENCE,
                        Tags.STUDY_INSTANCE_UID,
                        Tags.STUDY_DESCRIPTION,
                        Tags.ISSUER_OF_ACCESSION_NUMBER_SEQUENCE);
    }

    private static void series(Dataset dataset, Draft draft, Kind kind) {
        dataset.set(Tags.MODALITY, Vr.CS, kind.modality)
                .set(Tags.SERIES_INSTANCE_UID, Vr.UI, uids(draft, kind).series().value())
                .set(Tags.SERIES_NUMBER, Vr.IS, (long) kind.series)
                .set(Tags.SERIES_DESCRIPTION, Vr.LO, description(draft, kind))
                .set(Tags.SERIES_DATE, Vr.DA, date(draft))
                .set(Tags.SERIES_TIME, Vr.TM, time(draft));
    }

    private static void device(Dataset dataset, Algorithm algorithm) {
        dataset.set(Tags.MANUFACTURER, Vr.LO, Words.within(64, algorithm.manufacturer()))
                .set(Tags.MANUFACTURER_MODEL_NAME, Vr.LO, Words.within(64, algorithm.name()))
                .set(Tags.DEVICE_SERIAL_NUMBER, Vr.LO, algorithm.deviceUid())
                .set(Tags.SOFTWARE_VERSIONS, Vr.LO, Words.within(64, algorithm.version()));
    }
}
