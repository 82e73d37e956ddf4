package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.lang3.time.DateUtils;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/**
 * When something in the record took effect: an interval, because FHIR dates may be partial and some things last.
 *
 * @param start the first instant it could mean
 * @param end the last instant it could mean
 * @param recent the last instant that lets it lie within a window: its end, but of a diagnosis its beginning, because
 *     "within 90 days" asks for a stroke of these days and not for one that is on the problem list ever since
 */
record Moment(Instant start, Instant end, Instant recent) {

    private static final Moment ALWAYS = new Moment(Instant.MIN, Instant.MAX);

    /** Some time, nobody says when: within no window. */
    private static final Moment UNDATED = new Moment(Instant.MIN, Instant.MIN);

    /** Where each type says when it took effect, the first that has a value. */
    private static final Map<String, List<String>> TIMES = Map.ofEntries(
            Map.entry("Condition", List.of("onset", "recordedDate")),
            Map.entry("Procedure", List.of("performed")),
            Map.entry("MedicationRequest", List.of("authoredOn")),
            Map.entry("MedicationStatement", List.of("effective", "dateAsserted")),
            Map.entry("MedicationAdministration", List.of("effective")),
            Map.entry("MedicationDispense", List.of("whenHandedOver", "whenPrepared")),
            Map.entry("FamilyMemberHistory", List.of("date")),
            Map.entry("QuestionnaireResponse", List.of("authored")),
            Map.entry("Encounter", List.of("period")),
            Map.entry("ImagingStudy", List.of("started")),
            Map.entry("DocumentReference", List.of("date")),
            Map.entry("ServiceRequest", List.of("authoredOn")),
            Map.entry("Appointment", List.of("created", "start")),
            Map.entry("DetectedIssue", List.of("identified")));

    /** The same for types not named above; one that has none of them holds at any time, as a Patient does. */
    private static final List<String> OTHER_TIMES =
            List.of("effective", "occurrence", "performed", "onset", "authoredOn", "recordedDate", "date", "issued");

    private static final Set<String> TAKEN_NO_LONGER = Set.of("stopped", "completed", "on-hold");

    private Moment(Instant start, Instant end) {
        this(start, end, end);
    }

    /** Whether it took effect at {@code earliest} or later. */
    boolean isSince(Instant earliest) {
        return !recent.isBefore(earliest);
    }

    /** When a resource took effect; empty when it should say so and does not. */
    static Optional<Moment> of(Resource resource) {
        if (resource instanceof Observation observation) {
            return of(observation.getEffective());
        }
        var names = TIMES.get(resource.fhirType());
        if (names == null) {
            return Optional.of(first(resource, OTHER_TIMES).orElse(ALWAYS));
        }
        return Optional.of(lasting(resource, first(resource, names).orElse(UNDATED)));
    }

    /** The first instant that a death could mean, {@link Instant#MIN} where nobody knows when; empty of who is not known to be dead. */
    static Optional<Instant> ofDeath(Patient patient) {
        return of(patient.getDeceased())
                .map(Moment::start)
                .or(() -> patient.hasDeceasedBooleanType()
                                && patient.getDeceasedBooleanType().booleanValue()
                        ? Optional.of(Instant.MIN)
                        : Optional.empty());
    }

    /** Whether a time can be put into the calendar: not an age, not words. */
    static boolean isDated(@Nullable Base time) {
        return of(time).isPresent();
    }

    private static Optional<Moment> first(Resource resource, List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(resource.getNamedProperty(name)))
                .flatMap(property -> property.getValues().stream())
                .flatMap(value -> of(value).stream())
                .findFirst();
    }

    /** What lasts ends when the resource says so, or has no end yet. */
    private static Moment lasting(Resource resource, Moment dated) {
        return switch (resource.fhirType()) {
            case "Condition" -> diagnosis((Condition) resource, dated);
            case "MedicationRequest" -> isStopped(resource) ? dated : new Moment(dated.start(), Instant.MAX);
            case "MedicationStatement" ->
                isStopped(resource) || hasEnd(((MedicationStatement) resource).getEffective())
                        ? dated
                        : new Moment(dated.start(), Instant.MAX);
            case "Encounter" ->
                hasEnd(((Encounter) resource).getPeriod()) ? dated : new Moment(dated.start(), Instant.MAX);
            case "FamilyMemberHistory" -> new Moment(dated.start(), Instant.MAX);
            default -> dated;
        };
    }

    /** Of an onset that is an age or words nobody knows whether it lies within a window. */
    private static Moment diagnosis(Condition condition, Moment begun) {
        var end = of(condition.getAbatement()).map(Moment::end).orElse(Instant.MAX);
        var undatable = condition.hasOnset() && !isDated(condition.getOnset());
        return new Moment(begun.start(), end, undatable ? Instant.MIN : begun.end());
    }

    private static boolean isStopped(Resource resource) {
        return Standing.status(resource).map(TAKEN_NO_LONGER::contains).orElse(false);
    }

    private static boolean hasEnd(@Nullable Base time) {
        return time instanceof Period period && period.getEndElement().hasValue();
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
