package org.auspex.kernel.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Reads what a model asks about its subjects, all of them at once. */
public final class EvidenceReader {

    private final RecordSource records;
    private final Paths paths;
    private final Values values;
    private final Selection selection;

    public EvidenceReader(RecordSource records, Paths paths, Units units) {
        this.records = records;
        this.paths = paths;
        this.values = new Values(units);
        this.selection = new Selection(new Interpretation(units));
    }

    /** The same way of reading, from another place. */
    public EvidenceReader from(RecordSource elsewhere) {
        return new EvidenceReader(elsewhere, paths, values, selection);
    }

    private EvidenceReader(RecordSource records, Paths paths, Values values, Selection selection) {
        this.records = records;
        this.paths = paths;
        this.values = values;
        this.selection = selection;
    }

    /**
     * The evidence about each subject, in their order.
     *
     * @param asOf nothing that took effect or was reported later counts
     * @throws TooMuchEvidence if the record holds more than may be read at once
     */
    public List<Evidence> read(List<Subject> subjects, Requirements requirements, Instant asOf) {
        var since = furthest(requirements).map(asOf::minus);
        var found = records.fetch(subjects, requirements.criteria(), since);
        return subjects.stream()
                .map(subject -> evidence(subject, found.getOrDefault(subject, List.of()), requirements, asOf))
                .toList();
    }

    /**
     * Everything that any input could read from one resource, to see whether what was once read there still stands.
     *
     * @param asOf the time of the result that rests on it
     */
    public List<Piece> pieces(Resource resource, Requirements requirements, Instant asOf) {
        var age = resource instanceof Patient patient ? Age.of(patient, asOf) : Optional.<Age>empty();
        return requirements.inputs().stream()
                .flatMap(input -> candidates(input, List.of(resource), age, asOf).stream()
                        .map(observed -> observed.piece(input.name())))
                .toList();
    }

    /** Why a patient as now recorded would have got no prediction at a time; empty when nothing speaks against it. */
    public Optional<String> exclusion(Patient patient, Requirements requirements, Instant asOf) {
        return new Eligibility(paths, patient, Age.of(patient, asOf)).exclusion(requirements.eligible(), asOf);
    }

    /** Whether {@code resource} fulfils search parameters other than codes. */
    public boolean matches(Resource resource, String query) {
        return query.isEmpty() || records.matches(resource, query);
    }

    /** Whether {@code resource} took effect at {@code earliest} or later; one that does not say when did not. */
    public boolean isSince(Resource resource, Instant earliest) {
        return Moment.of(resource)
                .map(effective -> !effective.end().isBefore(earliest))
                .orElse(false);
    }

    private Evidence evidence(Subject subject, List<Resource> resources, Requirements requirements, Instant asOf) {
        var patient = resources.stream()
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .findFirst();
        if (patient.isEmpty()) {
            var nobody = Optional.of("%s is not in the record".formatted(subject.patient()));
            return new Evidence(subject, asOf, nobody, List.of());
        }
        var age = Age.of(patient.get(), asOf);
        var exclusion = exclusion(patient.get(), requirements, asOf);
        var readings = requirements.inputs().stream()
                .map(input -> selection.of(input, candidates(input, resources, age, asOf)))
                .toList();
        return new Evidence(subject, asOf, exclusion, readings);
    }

    private List<Observed> candidates(Input input, List<Resource> resources, Optional<Age> age, Instant asOf) {
        var candidates = new ArrayList<Observed>();
        for (var source : input.sources()) {
            for (var resource : resources) {
                if (source.from().resourceType().equals(resource.fhirType())
                        && (input.aiEvidence() || !Standing.isAiAsserted(resource))
                        && Standing.counts(resource)) {
                    candidates.addAll(observed(input, source, resource, new AsOf(asOf, age)));
                }
            }
        }
        return candidates;
    }

    private List<Observed> observed(Input input, Source source, Resource resource, AsOf asOf) {
        var elements = Elements.matched(source.from(), resource);
        if (elements.isEmpty() || !matches(resource, source.from().query())) {
            return List.of();
        }
        var moment = Moment.of(resource).filter(effective -> asOf.counts(resource, effective, input.within()));
        if (moment.isEmpty()) {
            return List.of();
        }
        return elements.stream()
                .flatMap(element -> derived(source, asOf)
                        .map(List::of)
                        .orElseGet(() -> paths.evaluate(element, source.value(), asOf.derived()).stream()
                                .flatMap(value -> values.read(value).stream())
                                .toList())
                        .stream())
                .map(value -> new Observed(
                        reference(resource), value, moment.get(), Standing.known(resource, moment.get()), source))
                .toList();
    }

    /** A derived value has a unit, which FHIRPath's numbers have not. */
    private static Optional<Value> derived(Source source, AsOf asOf) {
        return source.value().equals(Paths.AGE)
                ? asOf.age()
                        .map(age -> new Value.Measured(
                                java.math.BigDecimal.valueOf(age.years()), "", Optional.of("a"), "a"))
                : Optional.empty();
    }

    /** The reference with the version that was read; without one where the record has none, as in a Bundle. */
    private static String reference(Resource resource) {
        var id = resource.getIdElement();
        var plain = resource.fhirType() + "/" + id.getIdPart();
        return resource.getMeta().hasVersionId()
                ? plain + "/_history/" + resource.getMeta().getVersionId()
                : id.hasVersionIdPart() ? plain + "/_history/" + id.getVersionIdPart() : plain;
    }

    /** How far back the widest window on Observations reaches, the only type there can be very many of; empty = no limit. */
    private static Optional<Duration> furthest(Requirements requirements) {
        var windows = requirements.inputs().stream()
                .filter(input -> input.sources().stream()
                        .anyMatch(source -> source.from().resourceType().equals("Observation")))
                .map(Input::within)
                .toList();
        return windows.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : windows.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    /** The time of the question, and what was derived for it. */
    private record AsOf(Instant instant, Optional<Age> age) {

        boolean counts(Resource resource, Moment effective, Optional<Duration> within) {
            var past = resource instanceof Condition && effective.end().isBefore(instant);
            return !past
                    && !Standing.known(resource, effective).isAfter(instant)
                    && within.map(window -> !effective.end().isBefore(instant.minus(window)))
                            .orElse(true);
        }

        Map<String, Integer> derived() {
            return age.map(value -> Map.of(Paths.AGE, value.years())).orElse(Map.of());
        }
    }
}
