package org.auspex.endpoints.dicomweb;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.imaging.dicom.Tags;

/** Attributes as an address names them: by keyword, or by 8 hexadecimal digits. */
final class Keywords {

    private static final Pattern TAG = Pattern.compile("[0-9A-Fa-f]{8}");

    private static final Map<String, Integer> TAGS = Map.ofEntries(
            Map.entry("SOPClassUID", Tags.SOP_CLASS_UID),
            Map.entry("SOPInstanceUID", Tags.SOP_INSTANCE_UID),
            Map.entry("StudyDate", Tags.STUDY_DATE),
            Map.entry("StudyTime", Tags.STUDY_TIME),
            Map.entry("AccessionNumber", Tags.ACCESSION_NUMBER),
            Map.entry("InstanceAvailability", Tags.INSTANCE_AVAILABILITY),
            Map.entry("Modality", Tags.MODALITY),
            Map.entry("ModalitiesInStudy", Tags.MODALITIES_IN_STUDY),
            Map.entry("ReferringPhysicianName", Tags.REFERRING_PHYSICIAN_NAME),
            Map.entry("TimezoneOffsetFromUTC", Tags.TIMEZONE_OFFSET_FROM_UTC),
            Map.entry("StudyDescription", Tags.STUDY_DESCRIPTION),
            Map.entry("SeriesDescription", Tags.SERIES_DESCRIPTION),
            Map.entry("AvailableTransferSyntaxUID", Tags.AVAILABLE_TRANSFER_SYNTAX_UID),
            Map.entry("PatientName", Tags.PATIENT_NAME),
            Map.entry("PatientID", Tags.PATIENT_ID),
            Map.entry("IssuerOfPatientID", Tags.ISSUER_OF_PATIENT_ID),
            Map.entry("PatientBirthDate", Tags.PATIENT_BIRTH_DATE),
            Map.entry("PatientSex", Tags.PATIENT_SEX),
            Map.entry("BodyPartExamined", Tags.BODY_PART_EXAMINED),
            Map.entry("StudyInstanceUID", Tags.STUDY_INSTANCE_UID),
            Map.entry("SeriesInstanceUID", Tags.SERIES_INSTANCE_UID),
            Map.entry("StudyID", Tags.STUDY_ID),
            Map.entry("SeriesNumber", Tags.SERIES_NUMBER),
            Map.entry("InstanceNumber", Tags.INSTANCE_NUMBER),
            Map.entry("NumberOfStudyRelatedSeries", Tags.NUMBER_OF_STUDY_RELATED_SERIES),
            Map.entry("NumberOfStudyRelatedInstances", Tags.NUMBER_OF_STUDY_RELATED_INSTANCES),
            Map.entry("NumberOfSeriesRelatedInstances", Tags.NUMBER_OF_SERIES_RELATED_INSTANCES),
            Map.entry("NumberOfFrames", Tags.NUMBER_OF_FRAMES),
            Map.entry("Rows", Tags.ROWS),
            Map.entry("Columns", Tags.COLUMNS),
            Map.entry("BitsAllocated", Tags.BITS_ALLOCATED),
            Map.entry("PerformedProcedureStepStartDate", Tags.PERFORMED_PROCEDURE_STEP_START_DATE),
            Map.entry("PerformedProcedureStepStartTime", Tags.PERFORMED_PROCEDURE_STEP_START_TIME));

    private Keywords() {}

    static Optional<Integer> tag(String name) {
        return TAG.matcher(name).matches()
                ? Optional.of(Integer.parseUnsignedInt(name, 16))
                : Optional.ofNullable(TAGS.get(name));
    }
}
