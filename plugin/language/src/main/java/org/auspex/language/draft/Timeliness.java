package org.auspex.language.draft;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.auspex.language.summary.Titles;
import org.auspex.language.summary.Tongue;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/**
 * Whether a first course record was written within eight hours of admission, as the Chinese rules for medical records
 * (病历书写基本规范, 2010) demand.
 *
 * @param admission as the record tells it; empty if it does not
 */
record Timeliness(Optional<BaseDateTimeType> admission, Instant written) {

    static final Duration LIMIT = Duration.ofHours(8);

    /** No place on Earth has its clocks further from UTC. */
    private static final Duration ANY_ZONE = Duration.ofHours(14);

    /** {@code within}, {@code overdue}, or {@code unknown}: a date without a time means any moment of that day. */
    String state() {
        return admission.map(this::state).orElse("unknown");
    }

    private String state(BaseDateTimeType moment) {
        if (written.isAfter(latest(moment).plus(LIMIT))) {
            return "overdue";
        }
        var earliest = earliest(moment);
        return written.isBefore(earliest) || written.isAfter(earliest.plus(LIMIT)) ? "unknown" : "within";
    }

    /** The same in a sentence. */
    String words(Titles titles, Tongue tongue) {
        return titles.of(state(), tongue)
                .formatted(admission.map(BaseDateTimeType::getValueAsString).orElse(""));
    }

    /** When it was due; empty if no time of admission is known. */
    Optional<Instant> due() {
        return admission
                .filter(Timeliness::hasTime)
                .map(moment -> moment.getValue().toInstant().plus(LIMIT));
    }

    private static boolean hasTime(BaseDateTimeType moment) {
        return moment.getTimeZone() != null;
    }

    private static Instant earliest(BaseDateTimeType moment) {
        var start = moment.getValue().toInstant();
        return hasTime(moment) ? start : start.minus(ANY_ZONE);
    }

    private static Instant latest(BaseDateTimeType moment) {
        var start = moment.getValue().toInstant();
        return switch (moment.getPrecision()) {
            case YEAR -> start.plus(Duration.ofDays(366)).plus(ANY_ZONE);
            case MONTH -> start.plus(Duration.ofDays(31)).plus(ANY_ZONE);
            case DAY -> start.plus(Duration.ofDays(1)).plus(ANY_ZONE);
            case MINUTE, SECOND, MILLI -> start;
        };
    }
}
