package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Message;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.Tensor;
import org.auspex.kernel.inference.TensorRefused;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose cards say nothing but their tensors, and networks of other formats than TorchScript. */
class TensorModelTest {

    private static final Path FILES = Path.of("src/test/resources/onnx");

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({"onnx, recurrent.onnx", "pytorch, recurrent.pt"})
    void computesWithSeveralInputsAndOutputsAndAStateThatTheCallerCarries(String kind, String file)
            throws IOException, CardRefused {
        try (var model = Kernel.loader().load(recurrent(kind, FILES.resolve(file)))) {
            var network = model.tensors().orElseThrow();

            var first = network.infer(tensors("""
                            {"tensors": [
                              {"name": "rate", "datatype": "INT64", "shape": [], "data": [2]},
                              {"name": "state", "datatype": "FP32", "shape": [2, 3], "data": [[1, 2, 3], [4, 5, 6]]},
                              {"name": "frame", "datatype": "FP32", "shape": [1, 4], "data": [1, 2, 3, 4]}]}
                            """), Priority.URGENT, Optional.empty());

            // next = 0.5 * state + 10, whose sum is 70.5; output = 70.5 / 2
            assertThat(first).extracting(Tensor::name).containsExactly("output", "next");
            assertThat(floats(first.get(0))).containsExactly(35.25f);
            assertThat(floats(first.get(1))).containsExactly(10.5f, 11f, 11.5f, 12f, 12.5f, 13f);

            var second = network.infer(
                    List.of(
                            renamed(first.get(1), "state"),
                            tensors("""
                                    {"tensors": [{"name": "frame", "datatype": "FP32", "shape": [1, 4], "data": [0, 0, 0, 0]}]}
                                    """).get(0),
                            tensors("""
                                    {"tensors": [{"name": "rate", "datatype": "INT64", "shape": [], "data": [1]}]}
                                    """).get(0)),
                    Priority.URGENT,
                    Optional.empty());
            assertThat(floats(second.get(0))).containsExactly(35.25f);
        }
    }

    @Test
    void saysEverythingThatIsWrongWithTensors() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(recurrent("onnx", FILES.resolve("recurrent.onnx")))) {
            var refused = catchThrowableOfType(
                    TensorRefused.class,
                    () -> model.tensors().orElseThrow().infer(tensors("""
                                    {"tensors": [
                                      {"name": "frame", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, 3]},
                                      {"name": "sr", "datatype": "INT32", "shape": [1], "data": [1]},
                                      {"name": "rate", "datatype": "FP32", "shape": [], "data": [1]}]}
                                    """), Priority.URGENT, Optional.empty()));

            assertThat(refused)
                    .hasMessage("recurrent|1.0.0 takes 'frame' FP32 [1, 4], 'state' FP32 [2, 3], 'rate' INT64 [];"
                            + " 'frame' is FP32 [1, 3]; 'state' is missing; 'rate' is FP32 []; 'sr' is unknown");
        }
    }

    @Test
    void anOnnxFileAnswersAsTheTorchScriptOfTheSameNetwork() throws IOException, CardRefused {
        var onnx = TorchModel.write(root.resolve("onnx"), "small", "mean.pt");
        Files.copy(FILES.resolve("mean.onnx"), onnx.resolve("mean.onnx"));
        edit(
                onnx,
                "{kind: pytorch, file: model.pt, sha256: \"%s\"}".formatted(Sha256.of(TorchModel.weights("mean.pt"))),
                "{kind: onnx, file: mean.onnx, sha256: \"%s\"}".formatted(Sha256.of(FILES.resolve("mean.onnx"))));
        var torch = TorchModel.write(root.resolve("torch"), "small", "mean.pt");
        var rows = tensors("""
                {"tensors": [
                  {"name": "values", "datatype": "FP32", "shape": [3, 2], "data": [1, 2, -3, 0.5, 0, 0]},
                  {"name": "known", "datatype": "FP32", "shape": [3, 2], "data": [1, 1, 1, 1, 0, 1]}]}
                """);

        try (var one = Kernel.loader().load(onnx);
                var other = Kernel.loader().load(torch)) {
            var found = one.tensors().orElseThrow().infer(rows, Priority.URGENT, Optional.empty());
            var expected = other.tensors().orElseThrow().infer(rows, Priority.URGENT, Optional.empty());

            assertThat(found.get(0).shape()).containsExactly(3L, 1L);
            assertThat(found.get(0).distance(expected.get(0))).isLessThan(1e-6);
        }
    }

    @Test
    void aGoldenCaseOfTensorsKeepsOutANetworkThatAnswersOtherwise() throws IOException {
        var folder = recurrent("onnx", FILES.resolve("recurrent.onnx"));
        Files.writeString(Files.createDirectories(folder.resolve("golden")).resolve("01.json"), """
                {"tensors": [
                   {"name": "frame", "datatype": "FP32", "shape": [1, 4], "data": [1, 2, 3, 4]},
                   {"name": "state", "datatype": "FP32", "shape": [2, 3], "data": [0, 0, 0, 0, 0, 0]},
                   {"name": "rate", "datatype": "INT64", "shape": [], "data": [1]}],
                 "outcome": {"tensors": [{"name": "output", "datatype": "FP32", "shape": [1, 1], "data": [61]}]},
                 "tolerance": {"absolute": 0.5}}
                """);

        assertThat(problems(folder))
                .containsExactly(new Problem(
                        0,
                        "golden case 01.json: output is off by 1.0 at most, allowed 0.5",
                        "mend the model or the case"));
    }

    @Test
    void refusesAFileThatWasCutOff() throws IOException {
        var cut = root.resolve("cut.onnx");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(FILES.resolve("recurrent.onnx")), 300));

        assertThat(problems(recurrent("onnx", cut)).get(0).what())
                .startsWith("The weights of recurrent|1.0.0 are no ONNX that loads");
    }

    @Test
    void refusesATorchScriptFileThatIsCalledOnnx() throws IOException {
        var problem = problems(recurrent("onnx", FILES.resolve("recurrent.pt"))).get(0);

        assertThat(problem.what()).startsWith("The weights of recurrent|1.0.0 are no ONNX that loads");
        assertThat(problem.fix()).isEqualTo("export the weights again as ONNX");
    }

    @Test
    void saysWhatTheNetworkAnsweredWhereTheCardIsMistaken() throws IOException, CardRefused {
        var folder = recurrent("onnx", FILES.resolve("recurrent.onnx"));
        edit(folder, "{name: next, datatype: FP32, shape: [2, 3]}", "{name: next, datatype: FP32, shape: [3, 3]}");

        try (var model = Kernel.loader().load(folder)) {
            assertThatThrownBy(
                            () -> model.tensors().orElseThrow().infer(tensors("""
                                    {"tensors": [
                                      {"name": "frame", "datatype": "FP32", "shape": [1, 4], "data": [1, 2, 3, 4]},
                                      {"name": "state", "datatype": "FP32", "shape": [2, 3], "data": [0, 0, 0, 0, 0, 0]},
                                      {"name": "rate", "datatype": "INT64", "shape": [], "data": [1]}]}
                                    """), Priority.URGENT, Optional.empty()))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessage("recurrent|1.0.0 answered FP32 [2, 3] for 'next' FP32 [3, 3]");
        }
    }

    @Test
    void aCardOfTensorsHasNothingOfPredictions() throws IOException {
        var folder = recurrent("onnx", FILES.resolve("recurrent.onnx"));
        Files.writeString(
                folder.resolve("model.yaml"),
                Files.readString(folder.resolve("model.yaml"))
                        + "subject: Patient\ntrigger: {on: [\"Observation?code=http://loinc.org|8867-4\"]}\n");

        assertThat(problems(folder))
                .extracting(Problem::what)
                .containsExactly(
                        "a card of tensors predicts nothing about anybody, so it has no subject",
                        "a card of tensors predicts nothing about anybody, so it has no trigger");
    }

    private Path recurrent(String kind, Path file) throws IOException {
        var folder = Files.createDirectories(root.resolve("recurrent/1.0.0"));
        Files.copy(file, folder.resolve("weights.bin"));
        Files.writeString(folder.resolve("model.yaml"), """
                model: recurrent
                version: 1.0.0
                title: A network with a state
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: Apache-2.0}
                engine: {kind: %s, file: weights.bin, sha256: "%s"}
                tensors:
                  inputs:
                    - {name: frame, datatype: FP32, shape: [1, 4]}
                    - {name: state, datatype: FP32, shape: [2, 3]}
                    - {name: rate, datatype: INT64, shape: []}
                  outputs:
                    - {name: output, datatype: FP32, shape: [1, 1]}
                    - {name: next, datatype: FP32, shape: [2, 3]}
                """.formatted(kind, Sha256.of(file)));
        return folder;
    }

    private static void edit(Path folder, String before, String after) throws IOException {
        var card = folder.resolve("model.yaml");
        var text = Files.readString(card);
        assertThat(text).contains(before);
        Files.writeString(card, text.replace(before, after));
    }

    private static List<Problem> problems(Path folder) {
        return catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder))
                .problems();
    }

    private static List<Tensor> tensors(String json) {
        return new Message(json.getBytes(StandardCharsets.UTF_8), OptionalInt.empty())
                .read("tensors")
                .tensors();
    }

    private static Tensor renamed(Tensor tensor, String name) {
        return new Tensor(name, tensor.datatype(), tensor.shape(), tensor.data());
    }

    private static float[] floats(Tensor tensor) {
        var data = tensor.data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        var floats = new float[data.remaining()];
        data.get(floats);
        return floats;
    }
}
