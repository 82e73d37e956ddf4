package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ONNX file as converters of scikit-learn write it: rows in, labels and probabilities out. */
class TableNetworkTest {

    private static final Path FILES = Path.of("src/test/resources/onnx");

    @TempDir
    private Path root;

    @Test
    void readsTheProbabilityOfItsClass() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(classifier("classifier.onnx", 1, "abstain"))) {
            var outcomes = model.outcomes(List.of(row(2, 4), row(-1, 0)));

            assertThat(probability(outcomes.get(0))).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-6));
            assertThat(probability(outcomes.get(1))).isCloseTo(1 / (1 + Math.exp(0.5)), within(1e-6));
        }
        try (var model = Kernel.loader().load(classifier("classifier.onnx", 0, "abstain"))) {
            assertThat(probability(model.outcomes(List.of(row(2, 4))).get(0)))
                    .isCloseTo(1 / (1 + Math.exp(3)), within(1e-6));
        }
    }

    @Test
    void refusesAGoldenCaseOfAClassThatIsNotThere() throws IOException {
        var folder = classifier("classifier.onnx", 2, "abstain");
        Files.writeString(
                Files.createDirectories(folder.resolve("golden")).resolve("01.json"),
                "{\"inputs\": {\"a\": 0, \"b\": 0}, \"outcome\": {\"probability\": 0.5}}");

        assertThat(problems(folder))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.what()).isEqualTo("table|1.0.0 answered 2 classes for column 2"));
    }

    @Test
    void refusesAZipMap() throws IOException {
        assertThat(problems(classifier("zipmap.onnx", 1, "abstain")))
                .extracting(Problem::what, Problem::fix)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "model.onnx ends in a ZipMap, which gives maps and no tensors",
                        "convert it again with options={'zipmap': False}"));
    }

    @Test
    void refusesInputsWhoseAbsenceTheNetworkWouldHaveToBeTold() throws IOException {
        assertThat(problems(classifier("classifier.onnx", 1, "indicator")))
                .extracting(Problem::what)
                .containsExactly("the network is not told what is missing", "the network is not told what is missing");
    }

    private static Features row(double a, double b) {
        return new Features(Map.of("a", new Feature.Numeric(a), "b", new Feature.Numeric(b)));
    }

    private static double probability(Outcome outcome) {
        return ((Outcome.Risk) outcome).chances().get(0).probability();
    }

    private Path classifier(String file, int column, String missing) throws IOException {
        var folder = Files.createDirectories(root.resolve("table/1.0.0"));
        TorchModel.writeInto(folder, "table", "1.0.0", "mean.pt");
        Files.deleteIfExists(folder.resolve("model.onnx"));
        Files.copy(FILES.resolve(file), folder.resolve("model.onnx"));
        var card = folder.resolve("model.yaml");
        Files.writeString(
                card,
                Files.readString(card)
                        .replaceAll(
                                "engine: .*",
                                "engine: {kind: onnx, file: model.onnx, sha256: \"%s\", table: {input: float_input, output: probabilities, column: %d}}"
                                        .formatted(Sha256.of(FILES.resolve(file)), column))
                        .replace("missing: indicator", "missing: " + missing));
        return folder;
    }

    private static List<Problem> problems(Path folder) {
        return catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder))
                .problems();
    }
}
