package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.RiskWord;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {

    private static final ModelId SMALL = new ModelId("small", "1.0.0");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private Path root;

    @Test
    void answersForEverySubjectInTheirOrder() throws IOException {
        TorchModel.write(root, "small", "mean.pt");
        var record = record(2.0, -2.0);

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var answers = prediction(models, record)
                    .predict(
                            SMALL,
                            List.of(Subject.patient("Patient/1"), Subject.patient("Patient/0")),
                            NOW,
                            Priority.URGENT);

            assertThat(probability(answers.get(0))).isCloseTo(1 / (1 + Math.exp(1)), within(1e-6));
            assertThat(probability(answers.get(1))).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
        }
    }

    @Test
    void abstainsForOneSubjectAndAnswersTheOther() throws IOException {
        TorchModel.write(root, "small", "mean.pt");

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var answers = prediction(models, record(2.0))
                    .predict(
                            SMALL,
                            List.of(Subject.patient("Patient/nobody"), Subject.patient("Patient/0")),
                            NOW,
                            Priority.URGENT);

            assertThat(answers.get(0).outcome())
                    .isEqualTo(new Outcome.Abstained(
                            List.of(Outcome.Reason.ofSubject("Patient/nobody is not in the record"))));
            assertThat(answers.get(0).written()).isEmpty();
            assertThat(answers.get(1).written()).isPresent();
        }
    }

    @Test
    void findsTheBandOfAProbability() throws IOException {
        TorchModel.write(root, "small", "mean.pt");

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var answers = prediction(models, record(2.0, 0.0))
                    .predict(
                            SMALL,
                            List.of(Subject.patient("Patient/0"), Subject.patient("Patient/1")),
                            NOW,
                            Priority.URGENT);

            assertThat(answers)
                    .extracting(answer -> ((Outcome.Risk) answer.outcome())
                            .chances()
                            .get(0)
                            .band()
                            .orElseThrow()
                            .risk())
                    .containsExactly(RiskWord.HIGH, RiskWord.LOW);
        }
    }

    @Test
    void failsWhereTheModelThrowsAndWorksAgainAfterwards() throws IOException {
        TorchModel.write(root, "small", "throws.pt");

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var prediction = prediction(models, record(1000.0, 0.0));
            var failed = catchThrowableOfType(
                    InferenceFailed.class,
                    () -> prediction.predict(SMALL, List.of(Subject.patient("Patient/0")), NOW, Priority.URGENT));
            var answer = prediction
                    .predict(SMALL, List.of(Subject.patient("Patient/1")), NOW, Priority.URGENT)
                    .get(0);

            assertThat(failed.kind()).isEqualTo(InferenceFailed.Kind.FAULT);
            assertThat(failed).hasMessage("small|1.0.0 failed on a batch of 1");
            assertThat(probability(answer)).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void givesUpAModelThatHangsAndAnswersTheNextQuestion() throws IOException {
        TorchModel.write(root, "small", "hangs.pt");

        try (var models = Kernel.loader(Duration.ofMillis(500)).loadAll(List.of(root))) {
            var prediction = prediction(models, record(1000.0, 0.0));
            warm(prediction);
            var failed = catchThrowableOfType(
                    InferenceFailed.class,
                    () -> prediction.predict(SMALL, List.of(Subject.patient("Patient/0")), NOW, Priority.URGENT));
            var answer = warm(prediction);

            assertThat(failed.kind()).isEqualTo(InferenceFailed.Kind.TIMEOUT);
            assertThat(failed).hasMessage("small|1.0.0 gave no answer within PT0.5S");
            assertThat(probability(answer)).isCloseTo(0.5, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan.pt", "wrong-shape.pt"})
    void refusesAnAnswerThatIsNoProbability(String weights) throws IOException {
        TorchModel.write(root, "small", weights);

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var prediction = prediction(models, record(1.0));

            assertThatThrownBy(() ->
                            prediction.predict(SMALL, List.of(Subject.patient("Patient/0")), NOW, Priority.URGENT))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageStartingWith("small|1.0.0 answered ");
        }
    }

    @Test
    void stopsWhenTheWeightsAreSwappedAfterTheyWereLoaded() throws IOException {
        var folder = TorchModel.write(root, "small", "mean.pt");

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var prediction = prediction(models, record(1.0));
            prediction.predict(SMALL, List.of(Subject.patient("Patient/0")), NOW, Priority.URGENT);
            TorchModel.swap(folder, TorchModel.weights("throws.pt"));

            assertThatThrownBy(() ->
                            prediction.predict(SMALL, List.of(Subject.patient("Patient/0")), NOW, Priority.URGENT))
                    .isInstanceOf(ModelNotReady.class)
                    .hasMessage("Model 'small|1.0.0' is not ready: model.pt was changed after the model was loaded;"
                            + " restore the file, or publish it as a new version");

            TorchModel.swap(folder, TorchModel.weights("mean.pt"));
            assertThat(prediction.predict(SMALL, List.of(Subject.patient("Patient/0")), NOW, Priority.URGENT))
                    .hasSize(1);
        }
    }

    /** The first call may take longer than half a second, because a busy machine loads the library then. */
    private static Answer warm(Prediction prediction) {
        for (int attempt = 0; ; attempt++) {
            try {
                return prediction
                        .predict(SMALL, List.of(Subject.patient("Patient/1")), NOW, Priority.URGENT)
                        .get(0);
            } catch (InferenceFailed e) {
                if (attempt == 5) {
                    throw e;
                }
            }
        }
    }

    private static Prediction prediction(Models models, Bundle record) {
        return new Prediction(models, Kernel.reader(record), FindingsWriter.NOWHERE, CLOCK);
    }

    private static double probability(Answer answer) {
        return answer.outcome().value().orElseThrow();
    }

    /** A patient {@code 0}, {@code 1} and so on for every value of input {@code a}; {@code b} is 0. */
    private static Bundle record(double... values) {
        var bundle = new Bundle();
        for (int i = 0; i < values.length; i++) {
            var patient = new Patient();
            patient.setId(String.valueOf(i));
            bundle.addEntry().setResource(patient);
            bundle.addEntry().setResource(observation(i, "8310-5", values[i]));
            bundle.addEntry().setResource(observation(i, "8867-4", 0));
        }
        return bundle;
    }

    private static Observation observation(int patient, String code, double value) {
        var observation = new Observation();
        observation.setId("o" + patient + "-" + code);
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setSubject(new Reference("Patient/" + patient));
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode(code);
        observation.setEffective(new DateTimeType("2026-03-01T10:00:00Z"));
        observation.setValue(new Quantity().setValue(BigDecimal.valueOf(value)));
        return observation;
    }
}
