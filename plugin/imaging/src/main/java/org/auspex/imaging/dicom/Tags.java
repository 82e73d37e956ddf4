package org.auspex.imaging.dicom;

/** Tags that Auspex reads or writes, by their keywords in DICOM PS3.6. */
public final class Tags {

    public static final int ERROR_COMMENT = 0x00000902;
    public static final int SPECIFIC_CHARACTER_SET = 0x00080005;
    public static final int IMAGE_TYPE = 0x00080008;
    public static final int SOP_CLASS_UID = 0x00080016;
    public static final int SOP_INSTANCE_UID = 0x00080018;
    public static final int STUDY_DATE = 0x00080020;
    public static final int STUDY_TIME = 0x00080030;
    public static final int ACCESSION_NUMBER = 0x00080050;
    public static final int INSTANCE_AVAILABILITY = 0x00080056;
    public static final int MODALITY = 0x00080060;
    public static final int MODALITIES_IN_STUDY = 0x00080061;
    public static final int REFERRING_PHYSICIAN_NAME = 0x00080090;
    public static final int TIMEZONE_OFFSET_FROM_UTC = 0x00080201;
    public static final int STUDY_DESCRIPTION = 0x00081030;
    public static final int SERIES_DESCRIPTION = 0x0008103E;
    public static final int REFERENCED_SOP_CLASS_UID = 0x00081150;
    public static final int REFERENCED_SOP_INSTANCE_UID = 0x00081155;
    public static final int RETRIEVE_URL = 0x00081190;
    public static final int FAILURE_REASON = 0x00081197;
    public static final int FAILED_SOP_SEQUENCE = 0x00081198;
    public static final int REFERENCED_SOP_SEQUENCE = 0x00081199;
    public static final int AVAILABLE_TRANSFER_SYNTAX_UID = 0x00083002;
    public static final int FRAME_TYPE = 0x00089007;
    public static final int PATIENT_NAME = 0x00100010;
    public static final int PATIENT_ID = 0x00100020;
    public static final int ISSUER_OF_PATIENT_ID = 0x00100021;
    public static final int PATIENT_BIRTH_DATE = 0x00100030;
    public static final int PATIENT_SEX = 0x00100040;
    public static final int BODY_PART_EXAMINED = 0x00180015;
    public static final int SLICE_THICKNESS = 0x00180050;
    public static final int IMAGER_PIXEL_SPACING = 0x00181164;
    public static final int NOMINAL_SCANNED_PIXEL_SPACING = 0x00182010;
    public static final int SEQUENCE_OF_ULTRASOUND_REGIONS = 0x00186011;
    public static final int REGION_SPATIAL_FORMAT = 0x00186012;
    public static final int REGION_LOCATION_MIN_X0 = 0x00186018;
    public static final int REGION_LOCATION_MIN_Y0 = 0x0018601A;
    public static final int REGION_LOCATION_MAX_X1 = 0x0018601C;
    public static final int REGION_LOCATION_MAX_Y1 = 0x0018601E;
    public static final int PHYSICAL_UNITS_X_DIRECTION = 0x00186024;
    public static final int PHYSICAL_UNITS_Y_DIRECTION = 0x00186026;
    public static final int PHYSICAL_DELTA_X = 0x0018602C;
    public static final int PHYSICAL_DELTA_Y = 0x0018602E;
    public static final int STUDY_INSTANCE_UID = 0x0020000D;
    public static final int SERIES_INSTANCE_UID = 0x0020000E;
    public static final int STUDY_ID = 0x00200010;
    public static final int SERIES_NUMBER = 0x00200011;
    public static final int INSTANCE_NUMBER = 0x00200013;
    public static final int IMAGE_POSITION_PATIENT = 0x00200032;
    public static final int IMAGE_ORIENTATION_PATIENT = 0x00200037;
    public static final int NUMBER_OF_STUDY_RELATED_SERIES = 0x00201206;
    public static final int NUMBER_OF_STUDY_RELATED_INSTANCES = 0x00201208;
    public static final int NUMBER_OF_SERIES_RELATED_INSTANCES = 0x00201209;
    public static final int PLANE_POSITION_SEQUENCE = 0x00209113;
    public static final int PLANE_ORIENTATION_SEQUENCE = 0x00209116;
    public static final int DIMENSION_ORGANIZATION_TYPE = 0x00209311;
    public static final int SAMPLES_PER_PIXEL = 0x00280002;
    public static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
    public static final int PLANAR_CONFIGURATION = 0x00280006;
    public static final int NUMBER_OF_FRAMES = 0x00280008;
    public static final int ROWS = 0x00280010;
    public static final int COLUMNS = 0x00280011;
    public static final int PIXEL_SPACING = 0x00280030;
    public static final int BITS_ALLOCATED = 0x00280100;
    public static final int BITS_STORED = 0x00280101;
    public static final int HIGH_BIT = 0x00280102;
    public static final int PIXEL_REPRESENTATION = 0x00280103;
    public static final int WINDOW_CENTER = 0x00281050;
    public static final int WINDOW_WIDTH = 0x00281051;
    public static final int RESCALE_INTERCEPT = 0x00281052;
    public static final int RESCALE_SLOPE = 0x00281053;
    public static final int VOI_LUT_FUNCTION = 0x00281056;
    public static final int RED_PALETTE_DESCRIPTOR = 0x00281101;
    public static final int GREEN_PALETTE_DESCRIPTOR = 0x00281102;
    public static final int BLUE_PALETTE_DESCRIPTOR = 0x00281103;
    public static final int RED_PALETTE_DATA = 0x00281201;
    public static final int GREEN_PALETTE_DATA = 0x00281202;
    public static final int BLUE_PALETTE_DATA = 0x00281203;
    public static final int SEGMENTED_RED_PALETTE_DATA = 0x00281221;
    public static final int MODALITY_LUT_SEQUENCE = 0x00283000;
    public static final int LUT_DESCRIPTOR = 0x00283002;
    public static final int LUT_DATA = 0x00283006;
    public static final int VOI_LUT_SEQUENCE = 0x00283010;
    public static final int PIXEL_MEASURES_SEQUENCE = 0x00289110;
    public static final int FRAME_VOI_LUT_SEQUENCE = 0x00289132;
    public static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x00289145;
    public static final int PERFORMED_PROCEDURE_STEP_START_DATE = 0x00400244;
    public static final int PERFORMED_PROCEDURE_STEP_START_TIME = 0x00400245;
    public static final int TOTAL_PIXEL_MATRIX_COLUMNS = 0x00480006;
    public static final int TOTAL_PIXEL_MATRIX_ROWS = 0x00480007;
    public static final int PLANE_POSITION_SLIDE_SEQUENCE = 0x0048021A;
    public static final int COLUMN_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX = 0x0048021E;
    public static final int ROW_POSITION_IN_TOTAL_IMAGE_PIXEL_MATRIX = 0x0048021F;
    public static final int NUMBER_OF_OPTICAL_PATHS = 0x00480302;
    public static final int TOTAL_PIXEL_MATRIX_FOCAL_PLANES = 0x00480303;
    public static final int SHARED_FUNCTIONAL_GROUPS_SEQUENCE = 0x52009229;
    public static final int PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE = 0x52009230;
    public static final int EXTENDED_OFFSET_TABLE = 0x7FE00001;
    public static final int EXTENDED_OFFSET_TABLE_LENGTHS = 0x7FE00002;
    public static final int FLOAT_PIXEL_DATA = 0x7FE00008;
    public static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7FE00009;
    public static final int PIXEL_DATA = 0x7FE00010;

    private Tags() {}

    /** {@code (0008,0016)}. */
    public static String shown(int tag) {
        return "(%04X,%04X)".formatted(tag >>> 16, tag & 0xFFFF);
    }
}
