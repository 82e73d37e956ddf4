package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.model.CalibrationJson;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result says what it does not know: what the site's outcomes leave open, and how unlike the training somebody is. */
class CertaintyTest {

    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final String CONFORMAL = "https://auspex-fhir.org/fhir/StructureDefinition/conformal-prediction";
    private static final String DISTANCE = "https://auspex-fhir.org/fhir/StructureDefinition/distance-from-training";

    @TempDir
    private Path folder;

    @Test
    void oneAnswerIsLeftOrTheModelCannotTell() throws CardRefused {
        try (var model = coronary()) {
            var features = usual(model.card());
            var probability = model.outcomes(List.of(features)).get(0).value().orElseThrow();

            var told = risk(model, features, limits(model.card(), probability - 0.1, -probability));
            assertThat(truth(told, "tells")).isTrue();
            assertThat(answers(told)).containsExactly("event");
            assertThat(told.getPredictionFirstRep().getRationale())
                    .contains("with 90 % it is Obstructive coronary disease");

            var both = risk(model, features, limits(model.card(), probability, -probability));
            assertThat(truth(both, "tells")).isFalse();
            assertThat(answers(both)).containsExactly("no-event", "event");
            assertThat(both.getPredictionFirstRep().getRationale())
                    .contains("with 90 % it cannot tell: not: Obstructive coronary disease or Obstructive");

            var none = risk(model, features, limits(model.card(), probability - 0.1, -probability - 0.1));
            assertThat(truth(none, "tells")).isFalse();
            assertThat(answers(none)).isEmpty();
            assertThat(none.getPredictionFirstRep().getRationale()).contains("no answer is like those seen here");
        }
    }

    @Test
    void aCurveSaysUntilWhenSomebodyIsFreeOfTheEvent() throws CardRefused {
        try (var model = Kernel.loader().load(Kernel.SHIPPED.resolve("survival-gbsg/1.0.0"))) {
            var features = usual(model.card());
            var outcome = (Outcome.Survival) model.outcomes(List.of(features)).get(0);
            var calibration = of(
                    model.card(), "recurrence", List.of(outcome.curve().free().get(3)));

            var risk = risk(model, features, calibration);

            var until = (Quantity) risk.getExtensionByUrl(CONFORMAL)
                    .getExtensionByUrl("free-until")
                    .getValue();
            assertThat(until.getValue()).isEqualByComparingTo("12");
            assertThat(until.getCode()).isEqualTo("mo");
            assertThat(risk.getPredictionFirstRep().getRationale())
                    .contains("with 90 % free of it at least until 12 mo");
        }
    }

    @Test
    void theDistanceStandsInTheResultAndBeyondItsThresholdThereIsNone() throws CardRefused {
        try (var model = coronary()) {
            var near = usual(model.card());
            // Each in its range; together they make a patient whom the training never saw.
            var far = with(near, Map.of("age", 25.0, "cholesterol", 900.0, "restingPressure", 280.0, "vessels", 3.0));

            var outcomes = model.outcomes(List.of(near, far));

            assertThat(outcomes.get(0).kind()).isEqualTo("probability");
            assertThat(((Outcome.Abstained) outcomes.get(1)).reasons())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.text())
                            .contains("unlike those the model was trained on: distance")
                            .contains("at most 3.7"));
            var risk = risk(model, near, Optional.empty());
            assertThat(risk.getExtensionByUrl(CONFORMAL)).isNull();
            var distance = risk.getExtensionByUrl(DISTANCE);
            assertThat(distance.getExtensionByUrl("threshold").getValue().primitiveValue())
                    .isEqualTo("3.75");
            assertThat(((BooleanType) distance.getExtensionByUrl("beyond").getValue()).booleanValue())
                    .isFalse();
        }
    }

    @Test
    void aModelThatFlagsAnswersAndSaysSo() throws CardRefused {
        try (var model = Kernel.loader().load(Kernel.SHIPPED.resolve("survival-gbsg/1.0.0"))) {
            var far =
                    with(usual(model.card()), Map.of("age", 20.0, "positiveNodes", 90.0, "oestrogenReceptor", 9000.0));

            var risk = risk(model, far, Optional.empty());

            assertThat(truth(risk.getExtensionByUrl(DISTANCE), "beyond")).isTrue();
            assertThat(risk.getPredictionFirstRep().getRationale())
                    .contains("the values together are unlike those the model was trained on");
        }
    }

    @Test
    void aCalibrationOfOtherWeightsIsNotUsed() throws CardRefused {
        var loader = Kernel.loader();
        try (var models = loader.load(List.of(Kernel.SHIPPED.resolve("coronary-disease/1.0.0")))) {
            var card = models.serving().get(0);
            var fits = limits(card, 0.5, -0.5).orElseThrow();
            var other = new ConformalCalibration(
                    card.id(), "0".repeat(64), Map.of(), "disease", List.of(0.5, -0.5), 0.9, NOW, "here", 50, 45, 50);

            models.calibrate(List.of(other));
            assertThat(models.calibration(card.id())).isEmpty();
            assertThat(models.refusedCalibrations().get(card.id())).contains("fitted with weights 000", "fit it anew");

            models.calibrate(List.of(fits));
            assertThat(models.calibration(card.id())).contains(fits);
            assertThat(models.refusedCalibrations()).isEmpty();
        }
    }

    @Test
    void aCalibrationIsReadAsItWasWritten() throws CardRefused {
        try (var model = coronary()) {
            var calibration = limits(model.card(), 0.25, -0.75).orElseThrow();

            assertThat(CalibrationJson.read(CalibrationJson.write(calibration))).isEqualTo(calibration);
        }
        assertThatThrownBy(() -> CalibrationJson.read("{\"model\": \"a|1.0.0\"}"))
                .hasMessageContaining("'limits' is missing");
        assertThatThrownBy(() -> CalibrationJson.read("limits")).hasMessageContaining("no JSON");
    }

    @Test
    void aSummaryOfTheTrainingThatCannotBeUsedIsRefusedWithWhatIsWrong() throws IOException {
        var model = Files.createDirectories(folder.resolve("coronary-disease/1.0.0"));
        for (var file : List.of("model.yaml", "model.pt")) {
            Files.copy(Kernel.SHIPPED.resolve("coronary-disease/1.0.0").resolve(file), model.resolve(file));
        }
        assertRefused(model, "there is no file 'training.json'");

        Files.writeString(
                model.resolve("training.json"),
                "{\"rows\": 3, \"inputs\": [{\"name\": \"weight\", \"shares\": [1.0], \"missing\": 0}]}");
        assertRefused(model, "'weight', which is no input of the card");
        assertRefused(model, "the file tells no distance");

        Files.writeString(
                model.resolve("training.json"),
                "{\"rows\": 3, \"inputs\": [{\"name\": \"age\", \"edges\": [60, 50], \"shares\": [0.2, 0.3, 0.5], \"missing\": 0}]}");
        assertRefused(model, "the edges of 'age' do not rise");
    }

    private static void assertRefused(Path model, String what) {
        assertThatThrownBy(() -> Kernel.loader().load(model))
                .isInstanceOf(CardRefused.class)
                .hasMessageContaining(what);
    }

    private static ServingModel coronary() throws CardRefused {
        return Kernel.loader().load(Kernel.SHIPPED.resolve("coronary-disease/1.0.0"));
    }

    private static Optional<ConformalCalibration> limits(ModelCard card, double no, double yes) {
        return of(card, "disease", List.of(no, yes));
    }

    private static Optional<ConformalCalibration> of(ModelCard card, String output, List<Double> limits) {
        return Optional.of(new ConformalCalibration(
                card.id(), ConformalCalibration.weights(card), Map.of(), output, limits, 0.9, NOW, "here", 50, 45, 50));
    }

    /** Numbers at the mean of the training, and the first category of what is none. */
    private static Features usual(ModelCard card) {
        var means = new LinkedHashMap<String, Double>();
        card.training()
                .orElseThrow()
                .distance()
                .orElseThrow()
                .inputs()
                .forEach(axis -> means.put(axis.name(), axis.logarithm() ? Math.expm1(axis.mean()) : axis.mean()));
        var features = new LinkedHashMap<String, Feature>();
        for (Input input : card.requirements().inputs()) {
            features.put(
                    input.name(),
                    input.isCategorical()
                            ? input.category(input.categories().get(0).name()).orElseThrow()
                            : new Feature.Numeric(java.util.Objects.requireNonNull(means.get(input.name()))));
        }
        return new Features(features);
    }

    private static Features with(Features features, Map<String, Double> others) {
        var changed = new LinkedHashMap<>(features.byInput());
        others.forEach((name, value) -> changed.put(name, new Feature.Numeric(value)));
        return new Features(changed);
    }

    private static RiskAssessment risk(
            ServingModel model, Features features, Optional<ConformalCalibration> calibration) {
        var readings = features.byInput().entrySet().stream()
                .map(entry -> new Reading(entry.getKey(), entry.getValue(), List.of(), List.of()))
                .toList();
        var evidence = new Evidence(Subject.patient("Patient/1"), NOW, Optional.empty(), readings);
        return (RiskAssessment) new Findings(model.card(), calibration)
                .of(evidence, model.outcomes(List.of(features)).get(0), NOW)
                .result();
    }

    private static boolean truth(DomainResource result, String part) {
        return truth(result.getExtensionByUrl(CONFORMAL), part);
    }

    private static boolean truth(Extension extension, String part) {
        return ((BooleanType) extension.getExtensionByUrl(part).getValue()).booleanValue();
    }

    private static List<String> answers(DomainResource result) {
        return result.getExtensionByUrl(CONFORMAL).getExtensionsByUrl("answer").stream()
                .map(answer -> ((CodeableConcept) answer.getValue())
                        .getCodingFirstRep()
                        .getCode())
                .toList();
    }
}
