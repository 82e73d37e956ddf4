package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others publish take and give more than tensors; a card of tensors is enough for them. */
class PublicNetworksTest {

    private static final String X = """
            {"name": "x", "datatype": "FP32", "shape": [2, 2], "data": [1, 2, 3, 4]}""";

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"pair.pt", "listed.pt", "named.pt"})
    void takesTuplesListsAndDictionaries(String file) throws IOException, CardRefused {
        try (var model = Kernel.loader().load(network(file, "", """
                    - {name: double, datatype: FP32, shape: [-1, 2]}
                    - {name: sum, datatype: FP32, shape: [-1, 1]}
                """))) {
            var found = infer(model, X);

            assertThat(found).extracting(Tensor::name).containsExactly("double", "sum");
            assertThat(floats(found.get(0))).containsExactly(2f, 4f, 6f, 8f);
            assertThat(floats(found.get(1))).containsExactly(3f, 7f);
        }
    }

    @Test
    void takesWholeNumbersThatAreNoTensors() throws IOException, CardRefused {
        try (var model =
                Kernel.loader().load(network("times.pt", "- {name: times, datatype: INT64, shape: []}", """
                    - {name: y, datatype: FP32, shape: [-1, 2]}
                """))) {
            assertThat(floats(infer(
                                    model,
                                    X,
                                    "{\"name\": \"times\", \"datatype\": \"INT64\", \"shape\": [], \"data\": [3]}")
                            .get(0)))
                    .containsExactly(3f, 6f, 9f, 12f);
            assertThatThrownBy(() -> infer(
                            model, X, "{\"name\": \"times\", \"datatype\": \"INT64\", \"shape\": [], \"data\": [4]}"))
                    .isInstanceOf(InferenceFailed.class);
        }
    }

    @Test
    void takesFractionsAndTruthsThatAreNoTensors() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(network("scaled.pt", """
                - {name: by, datatype: FP64, shape: []}
                    - {name: on, datatype: BOOL, shape: []}""", """
                    - {name: y, datatype: FP32, shape: [-1, 2]}
                """))) {
            assertThat(floats(infer(
                                    model,
                                    X,
                                    "{\"name\": \"by\", \"datatype\": \"FP64\", \"shape\": [], \"data\": [0.5]}",
                                    "{\"name\": \"on\", \"datatype\": \"BOOL\", \"shape\": [], \"data\": [true]}")
                            .get(0)))
                    .containsExactly(0.5f, 1f, 1.5f, 2f);
        }
    }

    @Test
    void takesATupleInATupleAsOneListOfTensors() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(network("nested.pt", "", """
                    - {name: double, datatype: FP32, shape: [-1, 2]}
                    - {name: sum, datatype: FP32, shape: [-1, 1]}
                    - {name: same, datatype: FP32, shape: [-1, 2]}
                """))) {
            var found = infer(model, X);

            assertThat(found).extracting(Tensor::name).containsExactly("double", "sum", "same");
            assertThat(floats(found.get(2))).containsExactly(1f, 2f, 3f, 4f);
        }
    }

    private Path network(String file, String input, String outputs) throws IOException {
        var folder = Files.createDirectories(root.resolve("public/1.0.0"));
        Files.copy(TorchModel.weights(file), folder.resolve("model.pt"));
        Files.writeString(
                folder.resolve("model.yaml"), """
                model: public
                version: 1.0.0
                title: A network of others
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: Apache-2.0}
                engine: {kind: pytorch, file: model.pt, sha256: "%s"}
                tensors:
                  inputs:
                    - {name: x, datatype: FP32, shape: [-1, 2]}
                    %s
                  outputs:
                %s""".formatted(Sha256.of(TorchModel.weights(file)), input, outputs));
        return folder;
    }

    private static List<Tensor> infer(ServingModel model, String... tensors) {
        var json = "{\"tensors\": [" + String.join(",", tensors) + "]}";
        var given = new Message(json.getBytes(StandardCharsets.UTF_8), OptionalInt.empty())
                .read("tensors")
                .tensors();
        return model.tensors().orElseThrow().infer(given, Priority.URGENT, Optional.empty());
    }

    private static float[] floats(Tensor tensor) {
        var floats = new float[tensor.data().remaining() / Float.BYTES];
        tensor.data().asFloatBuffer().get(floats);
        return floats;
    }
}
