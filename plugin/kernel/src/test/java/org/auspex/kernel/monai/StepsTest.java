package org.auspex.kernel.monai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Batch;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.Invert;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.Step;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.images.WholeImage;
import org.auspex.kernel.model.Problem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transforms as a bundle writes them give what an independent computation gives ({@code images/make.py}), there and back. */
class StepsTest {

    /** float32, added up in another order. */
    private static final float NEAR = 1e-4f;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesWhatTheIndependentComputationGives(String name, JsonNode expected) throws IOException {
        var steps = steps(expected.path("transform"));

        var found = new Pipeline(steps, new WholeImage(), List.of()).run(image(expected), batch -> batch);

        assertThat(found.channels()).isEqualTo(expected.at("/expected/shape/0").asInt());
        assertThat(found.grid().shape()).isEqualTo(voxels(expected.at("/expected/shape")));
        assertThat(found.values())
                .usingComparatorWithPrecision(NEAR)
                .containsExactly(floats(expected.at("/expected/values")));
        if (expected.at("/expected").has("affine")) {
            assertThat(found.grid().affine().numbers())
                    .containsExactly(doubles(expected.at("/expected/affine")), within(1e-9));
        }
        for (var way : List.of("nearest", "linear")) {
            if (expected.has("back")) {
                assertThat(back(expected, steps, way.equals("nearest")))
                        .as(way)
                        .usingComparatorWithPrecision(NEAR)
                        .containsExactly(floats(expected.at("/back/" + way)));
            }
        }
    }

    /** A prediction in the grid that the step made, brought back into the image's. */
    private static float[] back(JsonNode expected, List<Step> steps, boolean nearest) {
        UnaryOperator<Batch> network = batch -> {
            var shape = new ArrayList<>(batch.shape());
            shape.set(1, expected.at("/back/channels").asInt());
            return new Batch(shape, floats(expected.at("/back/prediction")));
        };
        var inverted =
                new Pipeline(steps, new WholeImage(), List.of(new Invert(nearest))).run(image(expected), network);
        assertThat(inverted.grid().shape()).isEqualTo(voxels(expected.path("shape")));
        return inverted.values();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> cases() throws IOException {
        var file = new ObjectMapper()
                .readTree(Path.of("src/test/resources/images/steps.json").toFile());
        return StreamSupport.stream(file.path("steps").spliterator(), false)
                .map(node -> org.junit.jupiter.params.provider.Arguments.of(
                        node.path("name").asText(), node));
    }

    private List<Step> steps(JsonNode transform) throws IOException {
        Files.writeString(folder.resolve("it.json"), "{\"list\": [" + transform + "]}");
        var configuration = Configuration.read(folder, List.of("it.json"));
        var components = Component.of(configuration, configuration.at("list").orElseThrow());
        var problems = new ArrayList<Problem>();
        var before = transform.path("keys").asText().equals("image");
        var read = before
                ? new Transforms("image", Preprocessing::steps, problems)
                : new Transforms("pred", Postprocessing::steps, problems);
        var steps = read.of(components);
        assertThat(problems).isEmpty();
        return steps;
    }

    private static Volume image(JsonNode node) {
        var shape = node.path("shape");
        return new Volume(
                shape.get(0).asInt(),
                new Grid(voxels(shape), Affine.of(doubles(node.path("affine")))),
                floats(node.path("image")),
                10_000);
    }

    private static List<Integer> voxels(JsonNode shape) {
        return StreamSupport.stream(shape.spliterator(), false)
                .skip(1)
                .map(JsonNode::asInt)
                .toList();
    }

    private static float[] floats(JsonNode numbers) {
        var floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers.get(i).asDouble();
        }
        return floats;
    }

    private static double[] doubles(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
