package org.auspex.kernel.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.After;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Reads what a model asks about its subjects, all of them at once. */
public final class EvidenceReader {

    private final RecordSource records;
    private final Paths paths;
    private final Vocabulary vocabulary;
    private final Values values;
    private final Selection selection;
    private final Elements elements;
    private final PictureSource pictures;

    /** One that has no images to look at. */
    public EvidenceReader(RecordSource records, Paths paths, Units units, Vocabulary vocabulary) {
        this(
                records,
                paths,
                vocabulary,
                new Values(units),
                new Selection(new Interpretation(units, vocabulary)),
                PictureSource.NONE);
    }

    private EvidenceReader(
            RecordSource records,
            Paths paths,
            Vocabulary vocabulary,
            Values values,
            Selection selection,
            PictureSource pictures) {
        this.pictures = pictures;
        this.records = records;
        this.paths = paths;
        this.vocabulary = vocabulary;
        this.values = values;
        this.selection = selection;
        this.elements = new Elements(vocabulary);
    }

    /** The same way of reading, from another place. */
    public EvidenceReader from(RecordSource elsewhere) {
        return new EvidenceReader(elsewhere, paths, vocabulary, values, selection, pictures);
    }

    /** The same way of reading, with images from an archive. */
    public EvidenceReader with(PictureSource archive) {
        return new EvidenceReader(records, paths, vocabulary, values, selection, archive);
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

    /**
     * When what an input asks for took effect, for each subject in their order and rising; {@link Instant#MIN} where nobody knows when.
     *
     * @param asOf nothing that was known later counts
     * @throws TooMuchEvidence if the record holds more than may be read at once
     */
    public List<List<Instant>> times(List<Subject> subjects, Input input, Instant asOf) {
        var criteria = input.sources().stream().map(Source::from).toList();
        var found = records.fetch(subjects, criteria, Optional.empty());
        return subjects.stream()
                .map(subject ->
                        candidates(input, found.getOrDefault(subject, List.of()), Optional.empty(), asOf).stream()
                                .map(observed -> observed.effective().start())
                                .sorted()
                                .toList())
                .toList();
    }

    /** Why a patient as now recorded would have got no prediction at a time; empty when nothing speaks against it. */
    public Optional<String> exclusion(Patient patient, Requirements requirements, Instant asOf) {
        return new Eligibility(paths, patient, Age.of(patient, asOf)).exclusion(requirements.eligible(), asOf);
    }

    /** Whether {@code resource} is meant by criteria, also in a component or by a local code. */
    public boolean matches(Resource resource, Criteria criteria) {
        return !elements.matched(criteria, resource).isEmpty() && matches(resource, criteria.query());
    }

    private boolean matches(Resource resource, String query) {
        return query.isEmpty() || records.matches(resource, query);
    }

    /** Whether {@code resource} took effect at {@code earliest} or later; one that does not say when did not. */
    public boolean isSince(Resource resource, Instant earliest) {
        return Moment.of(resource).map(effective -> effective.isSince(earliest)).orElse(false);
    }

    private Evidence evidence(Subject subject, List<Resource> resources, Requirements requirements, Instant asOf) {
        var patient = resources.stream()
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .filter(found ->
                        subject.patient().endsWith("/" + found.getIdElement().getIdPart()))
                .findFirst();
        if (patient.isEmpty()) {
            var nobody = Optional.of("%s is not in the record".formatted(subject.patient()));
            return new Evidence(subject, asOf, nobody, List.of());
        }
        var age = Age.of(patient.get(), asOf);
        var exclusion = Merged.replacement(patient.get())
                .map(other -> "the patient was merged into %s; ask about that one".formatted(other))
                .or(() -> optOut(resources, asOf))
                .or(() -> exclusion(patient.get(), requirements, asOf));
        var readings = new ArrayList<Reading>();
        var chosen = new HashMap<String, Observed>();
        for (var input : requirements.inputs()) {
            var candidates = candidates(input, isOfWords(input) ? about(subject, resources) : resources, age, asOf);
            // Images are brought within reach only for those who are asked about.
            var selected = selected(input, exclusion.isPresent() && isOfImages(input) ? List.of() : candidates, chosen);
            selected.observed().ifPresent(observed -> chosen.put(input.name(), observed));
            readings.add(selected.reading());
        }
        return new Evidence(subject, asOf, exclusion, readings);
    }

    private static Optional<String> optOut(List<Resource> resources, Instant asOf) {
        return resources.stream()
                .filter(resource -> resource instanceof Consent consent && Consents.denies(consent, asOf))
                .findFirst()
                .map(consent -> "the patient has opted out of automated prediction (Consent/%s)"
                        .formatted(consent.getIdElement().getIdPart()));
    }

    private Selection.Selected selected(Input input, List<Observed> candidates, Map<String, Observed> chosen) {
        if (input.setting().isPresent()) {
            return new Selection.Selected(
                    Selection.ofSetting(input, input.setting().get()), Optional.empty());
        }
        if (isOfImages(input)) {
            return new Selection.Selected(pictured(input, candidates), Optional.empty());
        }
        return input.window()
                .after()
                .map(after -> following(input, after, candidates, Optional.ofNullable(chosen.get(after.input()))))
                .orElseGet(() -> selection.of(input, candidates));
    }

    private static boolean isOfWords(Input input) {
        return input.sources().stream().anyMatch(Source::isOfWords);
    }

    /** Of a patient's reports those about the study that is asked about. */
    private static List<Resource> about(Subject subject, List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource instanceof DiagnosticReport report
                        && report.getImagingStudy().stream()
                                .anyMatch(study -> study.hasReference()
                                        && Compartment.plain(study.getReference())
                                                .equals(subject.reference())))
                .toList();
    }

    private static boolean isOfImages(Input input) {
        return input.sources().stream().anyMatch(Source::isOfImages);
    }

    /** The images of the newest study that has any; they are brought within reach, and read when they are looked at. */
    private Reading pictured(Input input, List<Observed> candidates) {
        return candidates.stream()
                .max(Comparator.comparing(observed -> observed.effective().start()))
                .map(newest -> new Reading(
                        input.name(),
                        new Feature.Pictured(pictures.pictures(StudyImages.wish(newest))),
                        List.of(newest.piece(input.name())),
                        List.of()))
                .orElseGet(() -> Selection.gap(input, "the study has no images that are meant"));
    }

    /** The value that follows another one in time; unusable if the two were not measured alike. */
    private Selection.Selected following(
            Input input, After after, List<Observed> candidates, Optional<Observed> anchor) {
        if (anchor.isEmpty()) {
            return new Selection.Selected(
                    Selection.gap(input, "there is no %s that it could follow".formatted(after.input())),
                    Optional.empty());
        }
        var first = anchor.get();
        var from = first.effective().start().plus(after.least());
        var until = first.effective().start().plus(after.most());
        var selected = selection.of(
                input,
                candidates.stream()
                        .filter(second -> !second.effective().start().isBefore(from)
                                && !second.effective().start().isAfter(until))
                        .toList());
        return selected.observed()
                .flatMap(second -> difference(first, second, after))
                .map(why -> new Selection.Selected(
                        new Reading(
                                input.name(),
                                new Feature.Unusable(why),
                                selected.reading().pieces(),
                                List.of()),
                        selected.observed()))
                .orElse(selected);
    }

    private Optional<String> difference(Observed first, Observed second, After after) {
        return after.same().stream()
                .flatMap(path -> {
                    var one = paths.evaluate(first.resource(), path, Map.of());
                    var other = paths.evaluate(second.resource(), path, Map.of());
                    return Likeness.differs(one, other)
                            ? Stream.of(
                                    "its %s is %s, that of %s %s; two that were measured otherwise cannot be compared"
                                            .formatted(
                                                    path.split("[.(]", 2)[0],
                                                    Likeness.shown(other),
                                                    after.input(),
                                                    Likeness.shown(one)))
                            : Stream.empty();
                })
                .findFirst();
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
        var matched = elements.matched(source.from(), resource);
        if (matched.isEmpty() || !matches(resource, source.from().query())) {
            return List.of();
        }
        var moment = Moment.of(resource).filter(effective -> asOf.counts(resource, effective, input));
        if (moment.isEmpty()) {
            return List.of();
        }
        if (input.take() == Take.EXISTS) {
            return List.of(new Observed(
                    resource, new Value.Truth(true), moment.get(), Standing.known(resource, moment.get()), source));
        }
        if (source.isOfImages()) {
            return StudyImages.of(resource, source).stream()
                    .map(images -> new Observed(
                            resource, images, moment.get(), Standing.known(resource, moment.get()), source))
                    .toList();
        }
        if (source.isOfWords()) {
            return ReportWords.of(resource, input).stream()
                    .map(words ->
                            new Observed(resource, words, moment.get(), Standing.known(resource, moment.get()), source))
                    .toList();
        }
        return matched.stream()
                .flatMap(element -> derived(source, asOf)
                        .map(List::of)
                        .orElseGet(() -> paths.evaluate(element, source.value(), asOf.derived()).stream()
                                .flatMap(value -> values.read(value).stream())
                                .toList())
                        .stream())
                .map(value ->
                        new Observed(resource, value, moment.get(), Standing.known(resource, moment.get()), source))
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

    /** How far back the widest window on Observations reaches, the only type there can be very many of; empty = no limit. */
    private static Optional<Duration> furthest(Requirements requirements) {
        var windows = requirements.inputs().stream()
                .filter(input -> input.sources().stream()
                        .anyMatch(source -> source.from().resourceType().equals("Observation")))
                .map(input -> input.window().within())
                .toList();
        return windows.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : windows.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    /** The time of the question, and what was derived for it. */
    private record AsOf(Instant instant, Optional<Age> age) {

        boolean counts(Resource resource, Moment effective, Input input) {
            return (input.past() || !Standing.isOver(resource, effective, instant))
                    && !Standing.known(resource, effective).isAfter(instant)
                    && input.window()
                            .within()
                            .map(window -> effective.isSince(instant.minus(window)))
                            .orElse(true);
        }

        Map<String, Integer> derived() {
            return age.map(value -> Map.of(Paths.AGE, value.years())).orElse(Map.of());
        }
    }
}
