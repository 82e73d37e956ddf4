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
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Reads what a model asks about its subjects, all of them at once. */
public final class EvidenceReader {

    private final Sources sources;
    private final Paths paths;
    private final Elements elements;
    private final Values values;
    private final Selection selection;
    private final Candidates candidates;
    private final Following following;

    /** One that has no images to look at and reads no documents. */
    public EvidenceReader(RecordSource records, Paths paths, Units units, Vocabulary vocabulary) {
        this(
                new Sources(records, PictureSource.NONE, NoteReader.NONE),
                paths,
                new Elements(vocabulary),
                new Values(units),
                new Selection(new Interpretation(units, vocabulary)));
    }

    private EvidenceReader(Sources sources, Paths paths, Elements elements, Values values, Selection selection) {
        this.sources = sources;
        this.paths = paths;
        this.elements = elements;
        this.values = values;
        this.selection = selection;
        this.candidates = new Candidates(sources.records(), paths, elements, values);
        this.following = new Following(paths, selection);
    }

    /** Where records, images and the words of documents come from. */
    private record Sources(RecordSource records, PictureSource pictures, NoteReader notes) {}

    private EvidenceReader with(Sources others) {
        return new EvidenceReader(others, paths, elements, values, selection);
    }

    /** The same way of reading, from another place. */
    public EvidenceReader from(RecordSource elsewhere) {
        return with(new Sources(elsewhere, sources.pictures(), sources.notes()));
    }

    /** The same way of reading, with images from an archive. */
    public EvidenceReader with(PictureSource archive) {
        return with(new Sources(sources.records(), archive, sources.notes()));
    }

    /** The same way of reading, with documents. */
    public EvidenceReader reading(NoteReader notes) {
        return with(new Sources(sources.records(), sources.pictures(), notes));
    }

    /**
     * The evidence about each subject, in their order.
     *
     * @param asOf nothing that took effect or was reported later counts
     * @throws TooMuchEvidence if the record holds more than may be read at once
     */
    public List<Evidence> read(List<Subject> subjects, Requirements requirements, Instant asOf) {
        var since = furthest(requirements).map(asOf::minus);
        var found = sources.records().fetch(subjects, requirements.criteria(), since);
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
        var question = question(asOf, age, Optional.empty());
        return requirements.inputs().stream()
                .flatMap(input -> candidates.of(input, List.of(resource), question).stream()
                        .map(observed -> observed.piece(input.name())))
                .toList();
    }

    /**
     * When what an input asks for took effect, for each subject in their order and rising; {@link Instant#MIN} where nobody knows when. A
     * Patient takes effect when it died.
     *
     * @param asOf nothing that was known later counts
     * @throws TooMuchEvidence if the record holds more than may be read at once
     */
    public List<List<Instant>> times(List<Subject> subjects, Input input, Instant asOf) {
        var criteria = input.sources().stream().map(Source::from).toList();
        var found = sources.records().fetch(subjects, criteria, Optional.empty());
        var question = question(asOf, Optional.empty(), Optional.empty());
        return subjects.stream()
                .map(subject -> candidates.of(input, found.getOrDefault(subject, List.of()), question).stream()
                        .flatMap(observed -> observed.resource() instanceof Patient patient
                                ? Moment.ofDeath(patient).stream()
                                : Stream.of(observed.effective().start()))
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
        return !elements.matched(criteria, resource).isEmpty() && candidates.matches(resource, criteria.query());
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
        var question = question(asOf, age, patient);
        var readings = new ArrayList<Reading>();
        var chosen = new HashMap<String, Observed>();
        for (var input : requirements.inputs()) {
            var found = candidates.of(input, isOfWords(input) ? about(subject, resources) : resources, question);
            // Images are brought within reach only for those who are asked about.
            var selected = selected(input, exclusion.isPresent() && isOfImages(input) ? List.of() : found, chosen);
            selected.observed().ifPresent(observed -> chosen.put(input.name(), observed));
            readings.add(selected.reading());
        }
        return new Evidence(subject, asOf, exclusion, readings);
    }

    private Candidates.Question question(Instant asOf, Optional<Age> age, Optional<Patient> patient) {
        return new Candidates.Question(asOf, age, new Notes(sources.notes(), patient));
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
                .map(after -> following.of(input, after, candidates, Optional.ofNullable(chosen.get(after.input()))))
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
                .map(newest -> new Reading(input.name(), seen(newest), List.of(newest.piece(input.name())), List.of()))
                .orElseGet(() -> Selection.gap(input, "no study has images that are meant"));
    }

    private Feature seen(Observed newest) {
        var wish = StudyImages.wish(newest);
        if (!newest.source().isOfSlides()) {
            return new Feature.Pictured(sources.pictures().pictures(wish));
        }
        return wish.series().size() <= StudyImages.MOST_SLIDES
                ? new Feature.Tiled(sources.pictures().slides(wish))
                : new Feature.Unusable(
                        "the newest study holds %d slides (series), and no more than %d are looked at together; store those that are meant as a study of their own"
                                .formatted(wish.series().size(), StudyImages.MOST_SLIDES));
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
}
