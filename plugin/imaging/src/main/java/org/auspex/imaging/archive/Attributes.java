package org.auspex.imaging.archive;

import java.util.EnumSet;
import java.util.Set;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/** What a search tells of a study, series or instance (PS3.18, tables 10.6.1-5 and 10.6.3-3 to 10.6.3-5). */
final class Attributes {

    private static final Set<Integer> STUDY = Set.of(
            Tags.SPECIFIC_CHARACTER_SET,
            Tags.STUDY_DATE,
            Tags.STUDY_TIME,
            Tags.ACCESSION_NUMBER,
            Tags.INSTANCE_AVAILABILITY,
            Tags.MODALITIES_IN_STUDY,
            Tags.REFERRING_PHYSICIAN_NAME,
            Tags.TIMEZONE_OFFSET_FROM_UTC,
            Tags.STUDY_DESCRIPTION,
            Tags.PATIENT_NAME,
            Tags.PATIENT_ID,
            Tags.ISSUER_OF_PATIENT_ID,
            Tags.PATIENT_BIRTH_DATE,
            Tags.PATIENT_SEX,
            Tags.STUDY_INSTANCE_UID,
            Tags.STUDY_ID,
            Tags.NUMBER_OF_STUDY_RELATED_SERIES,
            Tags.NUMBER_OF_STUDY_RELATED_INSTANCES);

    private static final Set<Integer> SERIES = Set.of(
            Tags.SPECIFIC_CHARACTER_SET,
            Tags.MODALITY,
            Tags.TIMEZONE_OFFSET_FROM_UTC,
            Tags.SERIES_DESCRIPTION,
            Tags.STUDY_INSTANCE_UID,
            Tags.SERIES_INSTANCE_UID,
            Tags.SERIES_NUMBER,
            Tags.NUMBER_OF_SERIES_RELATED_INSTANCES,
            Tags.PERFORMED_PROCEDURE_STEP_START_DATE,
            Tags.PERFORMED_PROCEDURE_STEP_START_TIME);

    private static final Set<Integer> INSTANCE = Set.of(
            Tags.SPECIFIC_CHARACTER_SET,
            Tags.SOP_CLASS_UID,
            Tags.SOP_INSTANCE_UID,
            Tags.INSTANCE_AVAILABILITY,
            Tags.TIMEZONE_OFFSET_FROM_UTC,
            Tags.AVAILABLE_TRANSFER_SYNTAX_UID,
            Tags.STUDY_INSTANCE_UID,
            Tags.SERIES_INSTANCE_UID,
            Tags.INSTANCE_NUMBER,
            Tags.ROWS,
            Tags.COLUMNS,
            Tags.BITS_ALLOCATED,
            Tags.NUMBER_OF_FRAMES);

    private static final int PATIENT_GROUP = 0x0010;

    private Attributes() {}

    /** Of everything that is known, what the query asks for. */
    static Dataset told(Dataset known, Query query) {
        var told = new Dataset();
        known.elements()
                .filter(element -> isTold(element.tag(), query))
                .forEach(element -> told.set(element.tag(), element.vr(), element.value()));
        return told;
    }

    private static boolean isTold(int tag, Query query) {
        var include = query.include();
        return levels(query).stream().anyMatch(level -> usual(level).contains(tag))
                || include.tags().contains(tag)
                || query.matching().containsKey(tag)
                || (include.all() && isOf(query.level(), tag));
    }

    /** A search that is not within a study tells of the study too, and so on. */
    private static Set<Level> levels(Query query) {
        var levels = EnumSet.of(query.level());
        if (query.level() != Level.STUDY && query.study().isEmpty()) {
            levels.add(Level.STUDY);
        }
        if (query.level() == Level.INSTANCE && query.series().isEmpty()) {
            levels.add(Level.SERIES);
        }
        return levels;
    }

    private static Set<Integer> usual(Level level) {
        return switch (level) {
            case STUDY -> STUDY;
            case SERIES -> SERIES;
            case INSTANCE -> INSTANCE;
        };
    }

    /** Whether every instance of the study or series says the same. */
    private static boolean isOf(Level level, int tag) {
        return switch (level) {
            case STUDY -> tag >>> 16 == PATIENT_GROUP;
            case SERIES -> tag >>> 16 == PATIENT_GROUP || STUDY.contains(tag) || tag == Tags.BODY_PART_EXAMINED;
            case INSTANCE -> true;
        };
    }
}
