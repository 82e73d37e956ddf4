package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.commons.lang3.time.DateUtils;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/**
 * When something in the record took effect: an interval, because FHIR dates may be partial and some things last.
 *
 * @param start the first instant it could mean
 * @param end the last instant it could mean
 */
record Moment(Instant start, Instant end) {

    private static final Moment ALWAYS = new Moment(Instant.MIN, Instant.MAX);

    /** When a resource took effect; empty when it should say so and does not. */
    static Optional<Moment> of(Resource resource) {
        if (resource instanceof Observation observation) {
            return of(observation.getEffective());
        }
        if (resource instanceof Condition condition) {
            return Optional.of(of(condition.getOnset())
                    .or(() -> of(condition.getRecordedDateElement()))
                    .or(() -> Optional.of(ALWAYS))
                    .map(onset -> new Moment(
                            onset.start(),
                            of(condition.getAbatement()).map(Moment::end).orElse(Instant.MAX)))
                    .orElse(ALWAYS));
        }
        return Optional.of(ALWAYS);
    }

    private static Optional<Moment> of(@Nullable Base effective) {
        if (effective instanceof BaseDateTimeType time && time.hasValue()) {
            return Optional.of(interval(time));
        }
        if (effective instanceof Period period) {
            var start = of(period.getStartElement());
            var end = of(period.getEndElement());
            return start.or(() -> end)
                    .map(first -> new Moment(first.start(), end.orElse(first).end()));
        }
        if (effective instanceof Timing timing && timing.hasEvent()) {
            return of(timing.getEvent().get(timing.getEvent().size() - 1));
        }
        return Optional.empty();
    }

    private static Moment interval(BaseDateTimeType time) {
        var start = time.getValue().toInstant();
        if (time instanceof InstantType) {
            return new Moment(start, start);
        }
        Date begin = time.getValue();
        return new Moment(
                start,
                switch (time.getPrecision()) {
                    case YEAR -> DateUtils.addYears(begin, 1).toInstant().minusMillis(1);
                    case MONTH -> DateUtils.addMonths(begin, 1).toInstant().minusMillis(1);
                    case DAY -> DateUtils.addDays(begin, 1).toInstant().minusMillis(1);
                    default -> start;
                });
    }
}
