package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.auspex.kernel.images.CropForeground;
import org.auspex.kernel.images.Denoise;
import org.auspex.kernel.images.Discretisation;
import org.auspex.kernel.images.Enhance;
import org.auspex.kernel.images.LargestComponent;
import org.auspex.kernel.images.NormalizeIntensity;
import org.auspex.kernel.images.Pad;
import org.auspex.kernel.images.Resize;
import org.auspex.kernel.images.ScaleIntensity;
import org.auspex.kernel.images.WholeImage;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card that names the steps of images itself. */
class ImageCardTest {

    private static final Path BUNDLE = Path.of("src/test/resources/monai/tiny_ct_segmentation");

    private static final String STEPS = """
            images:
              before:
                - orientation: RAS
                - spacing: {size: [1.5, 1.5, 2.0]}
                - intensity: {from: [-57, 164], to: [0, 1], clip: true}
              window: {size: [6, 6, 6], overlap: 0.5, weights: gaussian, batch: 4}
              after:
                - activation: softmax
                - invert: linear
            """;

    @TempDir
    private Path root;

    @Test
    void givesWhatTheBundleWithTheSameStepsGives() throws IOException, CardRefused {
        var folder = card("[-1, 1, 6, 6, 6]", "[-1, 2, 6, 6, 6]", STEPS);
        Files.copy(
                BUNDLE.resolve("golden/01-oblique.json"),
                Files.createDirectories(folder.resolve("golden")).resolve("01.json"));

        try (var model = Kernel.loader().load(folder)) {
            assertThat(model.card().images().orElseThrow().after()).hasSize(2);
        }
        Files.writeString(
                folder.resolve("model.yaml"),
                Files.readString(folder.resolve("model.yaml"))
                        .replace("size: [1.5, 1.5, 2.0]", "size: [1.5, 1.5, 2.5]"));
        assertThat(problems(folder))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).startsWith("golden case 01.json: pred "));
    }

    @Test
    void readsEveryStep() throws IOException, CardRefused {
        var folder = card("[-1, 1, -1, -1]", "[-1, 2, -1, -1]", """
                images:
                  before:
                    - denoise: {strength: 20, patch: 1, search: 2}
                    - enhance: {limit: 3}
                    - resize: {size: [32, -1], mode: area}
                    - pad: {multiple: [16], padding: reflect}
                    - crop: {size: [8]}
                    - foreground: {margin: 2}
                    - scale: {to: [-1, 1]}
                    - normalize: {nonzero: true, subtract: [3]}
                  after:
                    - decide: {threshold: 0.5}
                    - largest: {classes: [1], pieces: 2}
                """);
        var weights = Path.of("src/test/resources/monai/tiny_slices/models/model.ts");
        Files.copy(weights, folder.resolve("model.ts"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                folder.resolve("model.yaml"),
                Files.readString(folder.resolve("model.yaml"))
                        .replace(Sha256.of(BUNDLE.resolve("models/model.ts")), Sha256.of(weights)));

        try (var model = Kernel.loader().load(folder)) {
            var images = model.card().images().orElseThrow();

            assertThat(images.before())
                    .contains(
                            new Denoise(1, 2, 20, 0),
                            new Enhance(8, 3, 256),
                            new Resize(List.of(32, -1), false, Resize.Mode.AREA),
                            new Pad(List.of(16), true, false, org.auspex.kernel.images.Padding.REFLECT, 0),
                            new CropForeground(
                                    List.of(2), List.of(1), false, org.auspex.kernel.images.Padding.CONSTANT, 0),
                            new ScaleIntensity(-1, 1, false),
                            new NormalizeIntensity(List.of(3.0), List.of(), true, false));
            assertThat(images.inference()).isEqualTo(new WholeImage());
            assertThat(images.after())
                    .containsExactly(
                            new Discretisation(false, java.util.Optional.empty(), java.util.Optional.of(0.5), false),
                            new LargestComponent(List.of(1), true, 0, 2));
        }
    }

    @Test
    void refusesStepsThatAreNone() throws IOException {
        var folder = card(
                "[-1, 1, 6, 6, 6]",
                "[-1, 2, 6, 6, 6]",
                STEPS.replace("orientation: RAS", "oriented: RAS").replace("batch: 4", "batch: 4000"));

        assertThat(problems(folder))
                .extracting(Problem::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("line 12: unknown key 'oriented' - did you mean 'orientation'?"),
                        second -> assertThat(second)
                                .isEqualTo("line 15: 4000 is not allowed here - write windows at once, from 1 to 64"));
    }

    @Test
    void refusesANetworkThatIsNotOneOfImages() throws IOException {
        var folder = card("[1, 6, 6, 6]", "[-1, 2, 6, 6, 6]", STEPS);

        assertThat(problems(folder))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("line 8: a network of images has one of these, FP32"));
    }

    @Test
    void refusesATensorThatNoMemoryHolds() throws IOException {
        var folder = card("[-1, 1, 4000000000, 4000000000, 4000000000]", "[-1, 2, 6, 6, 6]", "");

        assertThat(problems(folder))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.what()).endsWith("more than auspex.inference.max-numbers = 67108864"));
    }

    private Path card(String input, String output, String steps) throws IOException {
        var folder = Files.createDirectories(root.resolve("tiny/1.0.0"));
        Files.copy(BUNDLE.resolve("models/model.ts"), folder.resolve("model.ts"));
        Files.writeString(folder.resolve("model.yaml"), """
                model: tiny
                version: 1.0.0
                title: Tiny segmentation
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: Apache-2.0}
                engine: {kind: pytorch, file: model.ts, sha256: "%s"}
                tensors:
                  inputs: [{name: image, datatype: FP32, shape: %s}]
                  outputs: [{name: pred, datatype: FP32, shape: %s}]
                %s""".formatted(
                        Sha256.of(folder.resolve("model.ts")), input, output, steps));
        return folder;
    }

    private static List<Problem> problems(Path folder) {
        return catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder))
                .problems();
    }
}
