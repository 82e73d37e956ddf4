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
                    .map(onset -> new Moment(onset.start(), Instant.MAX))
                    .orElse(ALWAYS));
        }
        return Optional.of(ALWAYS);
    }

    private static Optional<Moment> of(Base effective) {
        if (effective instanceof BaseDateTimeType time && time.hasValue()) {
            return Optional.of(interval(time));
        }
        if (effective instanceof Period period && (period.hasStart() || period.hasEnd())) {
            var start = period.hasStart()
                    ? interval(period.getStartElement()).start()
                    : interval(period.getEndElement()).start();
            var end = period.hasEnd()
                    ? interval(period.getEndElement()).end()
                    : interval(period.getStartElement()).end();
            return Optional.of(new Moment(start, end));
        }
        if (effective instanceof Timing timing && timing.hasEvent()) {
            return Optional.of(interval(timing.getEvent().get(timing.getEvent().size() - 1)));
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
