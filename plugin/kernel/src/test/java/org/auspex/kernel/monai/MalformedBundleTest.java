package org.auspex.kernel.monai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Batch;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.WeightsPolicy;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands at any place of a bundle's files, it is read or refused with a reason. */
class MalformedBundleTest {

    private static final Path BUNDLE = Path.of("src/test/resources/monai/tiny_ct_segmentation");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ODD = List.of(
            "null",
            "{}",
            "[]",
            "[[1]]",
            "\"\"",
            "\"x\"",
            "-1",
            "0",
            "1e300",
            "123456789012345678901234567890",
            "true",
            "\"$__import__('os')\"",
            "\"@nowhere\"",
            "\"@preprocessing\"",
            "\"%other.json\"",
            "\"$(1,\"",
            "\"$[1..2]\"",
            "{\"_target_\": \"Compose\"}",
            "{\"_target_\": [\"a\"]}",
            "[\"image\", \"label\"]");

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"configs/inference.json", "configs/metadata.json"})
    void readsOrRefusesWithAReason(String file) throws IOException {
        var folder = copy();
        var good = Files.readString(BUNDLE.resolve(file));
        int refused = 0;
        for (var pointer : places(JSON.readTree(good), "")) {
            for (var odd : ODD) {
                var tree = JSON.readTree(good);
                set(tree, pointer, JSON.readTree(odd));
                Files.writeString(folder.resolve(file), tree.toString());
                refused += isRefused(folder, pointer + " = " + odd) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "no json", "[1, 2]", "\"x\"", "{\"a\": 1, \"a\": 2}", "\u0000", "&a [*a]"})
    void refusesAFileThatIsNone(String content) throws IOException {
        for (var file : List.of("configs/inference.json", "configs/metadata.json")) {
            var folder = copy();
            Files.writeString(folder.resolve(file), content);

            assertThat(isRefused(folder, content)).isTrue();
        }
    }

    private static boolean isRefused(Path folder, String what) {
        try {
            run(new BundleReader(WeightsPolicy.STRICT).read(folder).images().orElseThrow());
            return false;
        } catch (ImageRefused e) {
            assertThat(e.getMessage()).isNotBlank();
            return true;
        } catch (CardRefused e) {
            assertThat(e.problems())
                    .as(what)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.fix()).isNotBlank());
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    /** With a network that says nothing. */
    private static void run(Pipeline pipeline) {
        var image = new Volume(1, new Grid(List.of(7, 6, 5), Affine.identity()), new float[210], 100_000);
        pipeline.run(image, batch -> {
            var shape = new ArrayList<>(batch.shape());
            shape.set(1, 2);
            return new Batch(shape, new float[2 * batch.values().length]);
        });
    }

    private static List<String> places(JsonNode node, String pointer) {
        var places = new ArrayList<String>();
        if (!pointer.isEmpty()) {
            places.add(pointer);
        }
        node.properties().forEach(field -> places.addAll(places(field.getValue(), pointer + "/" + field.getKey())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.addAll(places(node.get(i), pointer + "/" + i));
        }
        return places;
    }

    private static void set(JsonNode tree, String pointer, JsonNode value) {
        var parent = tree.at(pointer.substring(0, pointer.lastIndexOf('/')));
        var key = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.set(key, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(key), value);
        }
    }

    private Path copy() throws IOException {
        var to = root.resolve("tiny");
        for (var file : List.of(
                "configs/inference.json", "configs/metadata.json", "models/model.ts", "models/model.ts.sha256")) {
            Files.createDirectories(to.resolve(file).getParent());
            Files.copy(BUNDLE.resolve(file), to.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
    }
}
