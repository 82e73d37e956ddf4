package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelLoaderTest {

    @TempDir
    private Path root;

    @Test
    void servesTheGoodModelBesideABadOne() throws IOException {
        TorchModel.write(root, "good", "mean.pt");
        var bad = TorchModel.write(root, "bad", "mean.pt");
        Files.writeString(bad.resolve("model.yaml"), "model: [bad");

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.active()).extracting(card -> card.id().toString()).containsExactly("good|1.0.0");
            assertThat(models.refused()).containsOnlyKeys("bad|1.0.0");
            assertThatThrownBy(() -> models.resolve("bad"))
                    .isInstanceOf(ModelNotReady.class)
                    .hasMessageStartingWith("Model 'bad|1.0.0' is not ready: ");
            assertThatThrownBy(() -> models.resolve("worse"))
                    .isInstanceOf(UnknownModel.class)
                    .hasMessageContaining("good|1.0.0");
        }
    }

    /** Every key as the published contracts write it. */
    @Test
    void servesTheCardOfTheContracts() throws IOException {
        var folder = Files.createDirectories(root.resolve("coronary-disease/1.0.0"));
        TorchModel.swap(folder, TorchModel.weights("mean.pt"));
        Files.writeString(folder.resolve("model.yaml"), """
                model: coronary-disease
                version: 1.0.0
                title: Obstructive coronary disease in chest pain
                intendedUse: Decision support in adults with chest pain; not a diagnosis.
                licence: {code: Apache-2.0, weights: trained on data whose licence is not stated}
                subject: Patient
                eligible: age >= 18
                engine: {kind: pytorch, file: model.pt, sha256: "%s"}
                batching: {max-batch-size: 64, max-queue-delay-microseconds: 0}
                trigger:
                  on: [Observation?code=http://loinc.org|8480-6]
                  debounce: PT0S
                  notOlderThan: P3D
                inputs:
                  - name: systolicPressure
                    from: Observation?code=http://loinc.org|8480-6
                    value: value.ofType(Quantity)
                    unit: mm[Hg]
                    range: {low: 40, high: 300}
                    within: PT24H
                    take: latest
                    missing: abstain
                    aiEvidence: exclude
                    column: trestbps
                outputs:
                  - name: disease
                    kind: probability
                    outcome: {system: http://snomed.info/sct, code: "53741008", display: Coronary arteriosclerosis}
                    bands: [{below: 10, risk: low}, {below: 30, risk: moderate}, {risk: high}]
                    positive: num > 0
                rollout: active
                """.formatted(
                        org.auspex.kernel.model.Sha256.of(TorchModel.weights("mean.pt"))));

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.refused()).isEmpty();
            assertThat(models.active().get(0).output().display()).isEqualTo("Coronary arteriosclerosis");
        }
    }

    @Test
    void answersWithTheNewestVersionByNumber() throws IOException {
        for (var version : List.of("1.9.0", "1.10.0")) {
            var folder = Files.createDirectories(root.resolve("many").resolve(version));
            TorchModel.writeInto(folder, "many", version, "mean.pt");
        }

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.resolve("many")).isEqualTo(new ModelId("many", "1.10.0"));
            assertThat(models.resolve("many|1.9.0")).isEqualTo(new ModelId("many", "1.9.0"));
            assertThat(models.active()).hasSize(1);
        }
    }

    @Test
    void keepsOutAModelThatFailsAGoldenCaseAndSaysByHowMuch() throws IOException {
        var folder = TorchModel.write(root, "off", "mean.pt");
        golden(folder, "01-off.json", """
                {"inputs": {"a": 0, "b": 0}, "outcome": {"probability": 0.25}, "tolerance": {"absolute": 0.1}}
                """);

        assertThat(refused(folder))
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("golden case 01-off.json: probability is 0.5, the case says 0.25: off by 0.25, allowed 0.1");
    }

    @Test
    void takesAModelWhoseGoldenCaseIsMetWithinItsTolerance() throws IOException, CardRefused {
        var folder = TorchModel.write(root, "near", "mean.pt");
        golden(folder, "01-near.json", """
                {"inputs": {"a": 0, "b": 0}, "outcome": {"probability": 0.45}, "tolerance": {"absolute": 0.1}}
                """);

        try (var model = Kernel.loader().load(folder)) {
            assertThat(model.card().id()).isEqualTo(new ModelId("near", "1.0.0"));
        }
    }

    @Test
    void refusesAFolderThatIsNotNamedAsItsCard() throws IOException {
        var folder = TorchModel.write(root, "named", "mean.pt");
        var renamed = Files.move(
                folder, Files.createDirectories(root.resolve("renamed")).resolve("1.0.0"));

        assertThat(refused(renamed)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("the card says named|1.0.0, the folders renamed|1.0.0");
            assertThat(problem.fix()).isEqualTo("name the folders as the card does");
        });
    }

    @Test
    void refusesWeightsThatAreNoTorchScript() throws IOException {
        var folder = Files.createDirectories(root.resolve("text").resolve("1.0.0"));
        var weights = Files.writeString(root.resolve("text.pt"), "these are no weights");
        TorchModel.writeInto(folder, "text", "1.0.0", weights);

        assertThat(refused(folder))
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("model.pt is no TorchScript archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan.pt", "wrong-shape.pt"})
    void refusesWeightsThatAnswerNoProbabilityToAGoldenCase(String weights) throws IOException {
        var folder = TorchModel.write(root, "odd", weights);
        golden(folder, "01.json", "{\"inputs\": {\"a\": 0, \"b\": 0}, \"outcome\": {\"probability\": 0.5}}");

        assertThat(refused(folder))
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .startsWith("odd|1.0.0 answered ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[]", "null", "", "{\"data\": {\"resourceType\": \"Bundle\", \"type\": \"collection\"}}"})
    void anUnreadableGoldenCaseKeepsOutNobodyButItsModel(String text) throws IOException {
        TorchModel.write(root, "good", "mean.pt");
        golden(TorchModel.write(root, "odd", "mean.pt"), "01.json", text);

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.active()).extracting(card -> card.id().name()).containsExactly("good");
            assertThat(models.refused()).containsOnlyKeys("odd|1.0.0");
        }
    }

    private static void golden(Path folder, String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("golden")).resolve(name), text);
    }

    private static List<Problem> refused(Path folder) {
        return catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder))
                .problems();
    }
}
