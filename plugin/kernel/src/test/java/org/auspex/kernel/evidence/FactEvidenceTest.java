package org.auspex.kernel.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Range;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** What documents state, as inputs. */
class FactEvidenceTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
    private static final Subject PATIENT = Subject.patient("Patient/p");

    private final Bundle bundle = new Bundle();
    private final Map<String, List<Statement>> stated = new HashMap<>();
    private final AtomicInteger readings = new AtomicInteger();

    FactEvidenceTest() {
        var patient = new Patient();
        patient.setId("p");
        bundle.addEntry().setResource(patient);
    }

    @Test
    void isYesIfStatedNoIfDeniedAndMissingIfNotMentioned() {
        note("1", YESTERDAY, present("cough"), denied("fever"));

        var evidence = read(PATIENT, yesOrNo("cough"), yesOrNo("fever"), yesOrNo("rash"));

        assertThat(evidence.features().get("cough")).isEqualTo(new Feature.Categorical("yes", 1));
        assertThat(evidence.features().get("fever")).isEqualTo(new Feature.Categorical("no", 0));
        assertThat(evidence.features().get("rash")).isInstanceOf(Feature.Missing.class);
        assertThat(evidence.basis()).containsExactly("DocumentReference/1/_history/3");
        assertThat(evidence.readings().get(0).notes()).containsExactly("\"cough\" at 0 to 5");
        assertThat(readings).as("one document, however many inputs").hasValue(1);
    }

    @Test
    void isMissingIfANoteSaysTwoThingsOfIt() {
        note("1", YESTERDAY, present("cough"), denied("cough"));

        assertThat(read(PATIENT, yesOrNo("cough")).features().get("cough")).isInstanceOf(Feature.Missing.class);
    }

    @Test
    void countsWhatIsOverOnlyWhereTheCardSaysSo() {
        note(
                "1",
                YESTERDAY,
                new Statement(List.of("cough"), Statement.Claim.PAST, Optional.empty(), "\"cough\" at 0 to 5"));

        assertThat(read(PATIENT, yesOrNo("cough")).features().get("cough")).isInstanceOf(Feature.Missing.class);
        assertThat(read(PATIENT, yesOrNo("cough", true)).features().get("cough"))
                .isEqualTo(new Feature.Categorical("yes", 1));
    }

    @Test
    void takesTheNewestNoteThatSaysIt() {
        note("1", NOW.minus(Duration.ofDays(9)), present("cough"), present("rash"));
        note("2", YESTERDAY, denied("cough"));

        var features = read(PATIENT, yesOrNo("cough"), yesOrNo("rash")).features();

        assertThat(features.get("cough")).isEqualTo(new Feature.Categorical("no", 0));
        assertThat(features.get("rash")).isEqualTo(new Feature.Categorical("yes", 1));
    }

    @Test
    void readsOnlyTheNoteThatIsAskedAbout() {
        note("1", NOW.minus(Duration.ofDays(9)), present("cough"));
        note("2", YESTERDAY, denied("cough"));

        var evidence = read(new Subject("DocumentReference/1", "Patient/p"), yesOrNo("cough"));

        assertThat(evidence.features().get("cough")).isEqualTo(new Feature.Categorical("yes", 1));
        assertThat(evidence.basis()).containsExactly("DocumentReference/1/_history/3");
    }

    @Test
    void convertsTheValueOfATestAndKeepsItsRange() {
        note("1", YESTERDAY, measured("haemoglobin", "13.5", "g/dL"));
        note("2", NOW.minus(Duration.ofDays(3)), measured("http://loinc.org|2823-3", "41", "mmol/L"));

        var features = read(
                        PATIENT,
                        number("haemoglobin", "g/L", 30, 250),
                        number("http://loinc.org|2823-3", "mmol/L", 1, 10))
                .features();

        assertThat(features.get("haemoglobin")).isEqualTo(new Feature.Numeric(135));
        assertThat(features.get("http://loinc.org|2823-3").obstacle().orElseThrow())
                .contains("41 mmol/L is outside of the plausible range");
    }

    @Test
    void takesNoneOfSeveralValuesOfOneNoteButTheirMean() {
        note("1", YESTERDAY, measured("haemoglobin", "130", "g/L"), measured("haemoglobin", "90", "g/L"));

        assertThat(read(PATIENT, number("haemoglobin", "g/L", 30, 250))
                        .features()
                        .get("haemoglobin"))
                .isInstanceOf(Feature.Missing.class);
        assertThat(read(PATIENT, input("haemoglobin", Optional.of("g/L"), Take.MEAN, false, Optional.empty()))
                        .features()
                        .get("haemoglobin"))
                .isEqualTo(new Feature.Numeric(110));
    }

    @Test
    void predictsNothingFromANoteThatCannotBeRead() {
        note("1", YESTERDAY);
        stated.remove("1");

        assertThat(read(PATIENT, yesOrNo("cough")).features().get("cough").obstacle())
                .contains("DocumentReference/1 is not read: it is scanned");
    }

    @Test
    void passesOverWhatWasSupersededAndWhatLiesOutsideOfTheWindow() {
        note("1", YESTERDAY, present("cough")).setStatus(DocumentReferenceStatus.SUPERSEDED);
        note("2", NOW.minus(Duration.ofDays(90)), present("cough"));
        note("3", YESTERDAY, present("cough")).setDate(null);

        assertThat(read(PATIENT, yesOrNo("cough")).features().get("cough")).isInstanceOf(Feature.Missing.class);
    }

    @Test
    void findsAgainWhatAResultRestsOn() {
        var note = note("1", YESTERDAY, present("cough"));
        var requirements = new Requirements(Optional.empty(), List.of(yesOrNo("cough")));
        var used = read(PATIENT, yesOrNo("cough")).pieces();

        assertThat(reader().pieces(note, requirements, NOW)).isEqualTo(used);
        stated.put("1", List.of(denied("cough")));
        assertThat(reader().pieces(note, requirements, NOW)).isNotEqualTo(used);
    }

    private Evidence read(Subject subject, Input... inputs) {
        return reader().read(List.of(subject), new Requirements(Optional.empty(), List.of(inputs)), NOW)
                .get(0);
    }

    private EvidenceReader reader() {
        return new EvidenceReader(
                        new BundleRecord(bundle, (resource, query) -> false),
                        new Paths(FHIR),
                        new Units(),
                        new ShippedVocabulary(FHIR))
                .reading(note -> {
                    readings.incrementAndGet();
                    return Optional.ofNullable(stated.get(note.getIdElement().getIdPart()))
                            .orElseThrow(() -> new NoteRefused("it is scanned"));
                });
    }

    private DocumentReference note(String id, Instant date, Statement... statements) {
        var note = new DocumentReference();
        note.setId(id);
        note.getMeta().setVersionId("3");
        note.setStatus(DocumentReferenceStatus.CURRENT);
        note.setSubject(new Reference("Patient/p"));
        note.setDate(Date.from(date));
        bundle.addEntry().setResource(note);
        stated.put(id, List.of(statements));
        return note;
    }

    private static Statement present(String concept) {
        return statement(concept, Statement.Claim.PRESENT);
    }

    private static Statement denied(String concept) {
        return statement(concept, Statement.Claim.ABSENT);
    }

    private static Statement statement(String concept, Statement.Claim claim) {
        return new Statement(List.of(concept), claim, Optional.empty(), "\"%s\" at 0 to 5".formatted(concept));
    }

    private static Statement measured(String concept, String number, String unit) {
        return new Statement(
                List.of("name", concept),
                Statement.Claim.PRESENT,
                Optional.of(new Statement.Measured(new BigDecimal(number), "", Optional.of(unit))),
                "\"%s\" at 0 to 5".formatted(concept));
    }

    private static Input yesOrNo(String fact) {
        return yesOrNo(fact, false);
    }

    private static Input yesOrNo(String fact, boolean past) {
        return input(fact, Optional.empty(), Take.LATEST, past, Optional.empty());
    }

    private static Input number(String fact, String unit, double low, double high) {
        return input(fact, Optional.of(unit), Take.LATEST, false, Optional.of(new Range(low, high)));
    }

    private static Input input(String fact, Optional<String> unit, Take take, boolean past, Optional<Range> range) {
        var source = new Source(
                Criteria.parse("DocumentReference"),
                Source.FACT,
                unit,
                range,
                Optional.empty(),
                Optional.empty(),
                FrameSampling.USUAL,
                Optional.of(fact));
        return new Input(
                fact,
                List.of(source),
                Optional.empty(),
                new Window(Optional.of(Duration.ofDays(30)), Optional.empty()),
                take,
                new WhenMissing.Indicator(),
                false,
                past,
                unit.isPresent() ? List.of() : Category.NO_YES,
                Optional.empty(),
                Optional.empty());
    }
}
