package org.auspex.kernel.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.model.Batching;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.auspex.kernel.model.Trigger;
import org.auspex.kernel.outcome.Band;
import org.auspex.kernel.outcome.FollowUp;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.kernel.outcome.SurvivalCurve;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ModelId MODEL = new ModelId("heart", "1.0.0");
    private static final Subject PATIENT = Subject.patient("Patient/p");
    private static final Band HIGH = new Band(
            Optional.empty(), Optional.empty(), Optional.empty(), RiskWord.HIGH, Optional.of("urgent response"));
    private static final String AT_TEN = "120 mm[Hg]@2026-03-01T10:00:00Z";

    // Identity

    @Test
    void isTheSameForTheSameValuesFromOtherResources() {
        var one = identity(MODEL, PATIENT, value("Observation/1/_history/1", AT_TEN));
        var other = identity(MODEL, PATIENT, value("Observation/2/_history/5", AT_TEN));

        assertThat(other).isEqualTo(one);
    }

    @Test
    void isTheSameWhenTheQuestionIsAskedLater() {
        var readings = List.of(value("Observation/1", AT_TEN));

        var now = Identity.of(MODEL, new Evidence(PATIENT, NOW, Optional.empty(), readings));
        var later = Identity.of(MODEL, new Evidence(PATIENT, NOW.plusSeconds(60), Optional.empty(), readings));

        assertThat(later).isEqualTo(now);
    }

    @Test
    void differsByValueTimeGapSubjectAndVersion() {
        var base = value("Observation/1", AT_TEN);
        var gap = new Reading("x", new Feature.Missing("no usable value"), List.of(), List.of());

        var identities = List.of(
                identity(MODEL, PATIENT, base),
                identity(MODEL, PATIENT, value("Observation/1", "121 mm[Hg]@2026-03-01T10:00:00Z")),
                identity(MODEL, PATIENT, value("Observation/1", "120 mm[Hg]@2026-03-01T10:00:01Z")),
                identity(MODEL, PATIENT, gap),
                identity(MODEL, Subject.patient("Patient/q"), base),
                identity(MODEL, new Subject("Encounter/e", "Patient/p"), base),
                identity(new ModelId("heart", "1.0.1"), PATIENT, base),
                identity(new ModelId("lung", "1.0.0"), PATIENT, base));

        assertThat(identities).doesNotHaveDuplicates();
    }

    // RiskAssessment

    @ParameterizedTest
    @CsvSource({"0.123449,12.3", "0.12345,12.3", "0.1235,12.4", "0,0.0", "1,100.0"})
    void givesAProbabilityInPercent(double probability, String percent) {
        var risk = assessed(
                findings(Output.Kind.PROBABILITY).of(evidence(PATIENT), risk(probability, Optional.empty()), NOW));

        assertThat(risk.getPredictionFirstRep().getProbabilityDecimalType().getValueAsString())
                .isEqualTo(percent);
        assertThat(risk.getPredictionFirstRep().hasQualitativeRisk()).isFalse();
    }

    @Test
    void saysThatAnArtificialIntelligenceAssertedItAndThatItIsPreliminary() {
        var finding = findings(Output.Kind.SCORE)
                .of(evidence(PATIENT), new Outcome.Score(7, List.of(), Optional.of(HIGH), Optional.empty()), NOW);

        assertThat(assessed(finding).getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
        assertThat(assessed(finding).getStatus()).isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
        assertThat(counted(finding).getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
        assertThat(counted(finding).getStatus()).isEqualTo(Observation.ObservationStatus.PRELIMINARY);
    }

    @Test
    void namesItsEvidenceByVersionAndOnce() {
        var twice = new Evidence(
                PATIENT,
                NOW,
                Optional.empty(),
                List.of(value("Observation/1/_history/3", AT_TEN), value("Observation/1/_history/3", AT_TEN)));

        var risk = assessed(findings(Output.Kind.PROBABILITY).of(twice, risk(0.5, Optional.empty()), NOW));

        assertThat(risk.getBasis()).extracting(Reference::getReference).containsExactly("Observation/1/_history/3");
    }

    @Test
    void showsTheBandInTheWordsOfThePublication() {
        var risk = assessed(findings(Output.Kind.PROBABILITY).of(evidence(PATIENT), risk(0.5, Optional.of(HIGH)), NOW));

        var qualitative = risk.getPredictionFirstRep().getQualitativeRisk();
        assertThat(qualitative.getText()).isEqualTo("urgent response");
        assertThat(qualitative.getCodingFirstRep().getSystem())
                .isEqualTo("http://terminology.hl7.org/CodeSystem/risk-probability");
        assertThat(qualitative.getCodingFirstRep().getCode()).isEqualTo("high");
    }

    @Test
    void saysWhatIsPredictedForWhomWhenAndByWhichVersion() {
        var risk = assessed(findings(Output.Kind.PROBABILITY)
                .of(evidence(new Subject("Encounter/e", "Patient/p")), risk(0.5, Optional.empty()), NOW));

        assertThat(risk.getPredictionFirstRep().getOutcome().getCodingFirstRep().getCode())
                .isEqualTo("53741008");
        assertThat(risk.getSubject().getReference()).isEqualTo("Patient/p");
        assertThat(risk.getEncounter().getReference()).isEqualTo("Encounter/e");
        assertThat(risk.getOccurrenceDateTimeType().getValue().toInstant()).isEqualTo(NOW);
        assertThat(risk.getPerformer().getReference()).isEqualTo("Device/auspex-heart-1.0.0");
        assertThat(risk.getMethod().getCodingFirstRep().getCode()).isEqualTo("heart|1.0.0");
    }

    @Test
    void writesTheRationaleInOneLineWithGapsAndNotes() {
        var converted = new Reading(
                "pressure",
                new Feature.Numeric(120),
                List.of(new Piece("pressure", "Observation/1", AT_TEN)),
                List.of("converted from 16 kPa to 120 mm[Hg]"));
        var gap = new Reading("pulse", new Feature.Missing("none"), List.of(), List.of("none"));

        var risk = assessed(findings(Output.Kind.PROBABILITY)
                .of(
                        new Evidence(PATIENT, NOW, Optional.empty(), List.of(converted, gap)),
                        risk(0.5, Optional.empty()),
                        NOW));

        assertThat(risk.getPredictionFirstRep().getRationale())
                .isEqualTo("heart|1.0.0 from 1 of 2 inputs; missing: pulse"
                        + " (pressure converted from 16 kPa to 120 mm[Hg])");
    }

    @Test
    void showsAScoreItemByItem() {
        var items = List.of(new Outcome.Item("heat", 3), new Outcome.Item("mind", 0.5));

        var finding = findings(Output.Kind.SCORE)
                .of(evidence(PATIENT), new Outcome.Score(3.5, items, Optional.of(HIGH), Optional.empty()), NOW);
        var score = counted(finding);

        assertThat(score.getCode().getCodingFirstRep().getCode()).isEqualTo("1234-5");
        assertThat(score.getValueQuantity().getValue()).isEqualByComparingTo("3.5");
        assertThat(score.getValueQuantity().getCode()).isEqualTo("{score}");
        assertThat(score.getComponent())
                .extracting(component -> component.getCode().getText())
                .containsExactly("heat", "mind");
        assertThat(score.getDerivedFrom()).extracting(Reference::getReference).containsExactly("Observation/1");
        assertThat(score.getIdentifierFirstRep().getValue())
                .isEqualTo(finding.identity().hash());
        assertThat(assessed(finding).getPredictionFirstRep().getRationale())
                .isEqualTo("heart|1.0.0 3.5: heat 3, mind 0.5");
        assertThat(assessed(finding).getPredictionFirstRep().hasProbability()).isFalse();
    }

    @Test
    void writesARiskForEachHorizonAndTheExpectedTime() {
        var finding = findings(Output.Kind.SURVIVAL).of(evidence(PATIENT), survival(0.9, 0.6, 0.4), NOW);

        var predictions = assessed(finding).getPrediction();
        assertThat(predictions)
                .extracting(prediction -> prediction.getProbabilityDecimalType().getValueAsString())
                .containsExactly("40.0", "60.0");
        assertThat(predictions)
                .extracting(prediction -> prediction.getWhenRange().getHigh().getValue() + " "
                        + prediction.getWhenRange().getHigh().getCode())
                .containsExactly("12 mo", "24 mo");
        assertThat(predictions.get(0).getQualitativeRisk().isEmpty()).isTrue();
        assertThat(predictions.get(1).getQualitativeRisk().getText()).isEqualTo("urgent response");
        var expected = counted(finding);
        assertThat(expected.getCode().getCoding())
                .extracting(coding -> coding.getCode())
                .contains("median-time");
        assertThat(expected.getValueQuantity().getValue()).isEqualByComparingTo("17.4");
        assertThat(expected.getValueQuantity().getCode()).isEqualTo("mo");
    }

    @Test
    void saysThatATimeLiesBeyondTheEndOfTheCurve() {
        var expected = counted(findings(Output.Kind.SURVIVAL).of(evidence(PATIENT), survival(0.9, 0.8, 0.6), NOW));

        assertThat(expected.getValueQuantity().getComparator()).isEqualTo(Quantity.QuantityComparator.GREATER_THAN);
        assertThat(expected.getValueQuantity().getValue()).isEqualByComparingTo("24");
        assertThat(expected.getComponent())
                .extracting(component -> component.getCode().getCodingFirstRep().getCode())
                .containsExactly(
                        "lower-quartile-time",
                        "upper-quartile-time",
                        "event-free-probability",
                        "event-free-probability",
                        "event-free-probability");
        var last = expected.getComponent().get(4);
        assertThat(last.getValueQuantity().getValue()).isEqualByComparingTo("60.0");
        assertThat(((Quantity) last.getExtensionByUrl(SurvivalFindings.AT).getValue()).getValue())
                .isEqualByComparingTo("24");
    }

    @Test
    void namesTheEvidenceAndTheAgentInTheProvenance() {
        var finding = findings(Output.Kind.PROBABILITY).of(evidence(PATIENT), risk(0.5, Optional.empty()), NOW);

        var provenance = finding.provenance(List.of(new Reference("RiskAssessment/r")));

        assertThat(provenance.getTarget()).extracting(Reference::getReference).containsExactly("RiskAssessment/r");
        assertThat(provenance.getAgentFirstRep().getWho().getReference()).isEqualTo("Device/auspex-heart-1.0.0");
        assertThat(provenance.getEntity())
                .filteredOn(entity -> entity.getRole() == Provenance.ProvenanceEntityRole.SOURCE)
                .extracting(entity -> entity.getWhat().getReference())
                .containsExactly("Observation/1");
    }

    private static Identity identity(ModelId model, Subject subject, Reading... readings) {
        return Identity.of(model, new Evidence(subject, NOW, Optional.empty(), List.of(readings)));
    }

    private static Evidence evidence(Subject subject) {
        return new Evidence(subject, NOW, Optional.empty(), List.of(value("Observation/1", AT_TEN)));
    }

    private static Reading value(String reference, String fingerprint) {
        return new Reading("x", new Feature.Numeric(120), List.of(new Piece("x", reference, fingerprint)), List.of());
    }

    private static Findings findings(Output.Kind kind) {
        return new Findings(new ModelCard(
                MODEL,
                new ModelCard.About("Heart", "A test, not for patients.", "Apache-2.0", "Apache-2.0"),
                "Patient",
                new Requirements(Optional.empty(), List.of()),
                new EngineSpec(
                        EngineSpec.Kind.SCORECARD,
                        Optional.empty(),
                        Optional.empty(),
                        new Batching(64, Duration.ZERO, Optional.empty(), Optional.empty(), 1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Trigger.NEVER,
                List.of(output(kind)),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Rollout.ACTIVE,
                Path.of("nowhere")));
    }

    private static Output output(Output.Kind kind) {
        return new Output(
                "risk",
                kind,
                Optional.of(new Code("http://snomed.info/sct", "53741008")),
                "Coronary disease",
                Optional.empty(),
                Optional.of(new Code("http://loinc.org", "1234-5")),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                kind == Output.Kind.SURVIVAL
                        ? Optional.of(new FollowUp(List.of(6.0, 12.0, 24.0), "mo", List.of(12.0, 24.0)))
                        : Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Outcome risk(double probability, Optional<Band> band) {
        return new Outcome.Risk(List.of(new Outcome.Chance(output(Output.Kind.PROBABILITY), probability, band)));
    }

    private static Outcome survival(double... free) {
        var curve = new SurvivalCurve(
                List.of(6.0, 12.0, 24.0), java.util.Arrays.stream(free).boxed().toList());
        return new Outcome.Survival(output(Output.Kind.SURVIVAL), curve, Optional.of(HIGH));
    }

    private static RiskAssessment assessed(Finding finding) {
        return (RiskAssessment) finding.result();
    }

    private static Observation counted(Finding finding) {
        return (Observation) finding.parts().get(0);
    }
}
