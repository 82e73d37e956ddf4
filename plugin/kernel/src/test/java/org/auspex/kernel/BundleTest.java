package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Message;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.Tensor;
import org.auspex.kernel.inference.TensorRefused;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.FirstSeen;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.model.WeightsPolicy;
import org.auspex.kernel.monai.BundleReader;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of MONAI, dropped as they are. Their golden cases come from the independent computation of {@code images/make.py}. */
class BundleTest {

    private static final Path BUNDLES = Path.of("src/test/resources/monai");
    private static final String VOLUME = "tiny_ct_segmentation";
    private static final String STEPS = "configs/inference.json";
    private static final String DATA = "configs/metadata.json";

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {VOLUME, "tiny_slices", "tiny_classification"})
    void servesABundleWhoseGoldenCaseItMeets(String name) throws IOException {
        copy(name);

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.refused().values())
                    .extracting(CardRefused::getMessage)
                    .isEmpty();
            assertThat(models.serving())
                    .extracting(card -> card.id().toString())
                    .containsExactly(name.replace('_', '-') + "|0.1.0");
        }
    }

    @Test
    void keepsOutABundleThatMissesItsGoldenCase() throws IOException {
        var folder = copy(VOLUME);
        edit(folder, STEPS, "\"overlap\": 0.5", "\"overlap\": 0.0");

        assertThat(problems(folder))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.what()).startsWith("golden case 01-oblique.json: pred is off by "));
    }

    @Test
    void givesClassNumbersInTheGridOfTheImage() throws IOException, CardRefused {
        var folder = copy(VOLUME);
        edit(folder, STEPS, "\"probabilities\": true", "\"probabilities\": false");
        Files.delete(folder.resolve("golden/01-oblique.json"));

        try (var model = Kernel.loader().load(folder)) {
            var network = model.tensors().orElseThrow();
            var found = network.infer(tensors(volume(3, 4, 5)), Priority.URGENT, Optional.empty());

            assertThat(network.signature().inputs())
                    .extracting(spec -> spec.name() + spec.shape())
                    .containsExactly("image[1, -1, -1, -1]", "affine[4, 4]");
            assertThat(found).extracting(Tensor::name).containsExactly("pred", "affine");
            assertThat(found.get(0).shape()).containsExactly(1L, 3L, 4L, 5L);
        }
    }

    @Test
    void namesWhatItDoesNotKnowWithItsPlaceAndEverythingAtOnce() throws IOException {
        var folder = copy(VOLUME);
        edit(folder, STEPS, "ScaleIntensityRanged", "RandGaussianNoised");
        edit(folder, STEPS, "\"mode\": \"bilinear\"", "\"mode\": \"bicubic\", \"align_corners\": true");
        edit(folder, STEPS, "\"softmax\": true", "\"softmax\": true, \"temperature\": 2");

        assertThat(problems(folder))
                .extracting(Problem::toString)
                .containsExactly(
                        STEPS
                                + " line 34 (preprocessing#transforms#3#align_corners): align_corners of Spacingd is true, and only false is"
                                + " known - change the bundle, or write a model.yaml",
                        STEPS
                                + " line 36 (preprocessing#transforms#4): the transform 'RandGaussianNoised' is not known - leave it out, or"
                                + " write a model.yaml with steps that are",
                        STEPS
                                + " line 64 (postprocessing#transforms#0#temperature): Activationsd has the argument temperature, which is not"
                                + " known - leave it out, or write a model.yaml");
    }

    @Test
    void executesNothing() throws IOException {
        var folder = copy(VOLUME);
        var trace = root.resolve("executed");
        edit(folder, STEPS, "[ 6, 6, 6 ]", "\"$__import__('os').system('touch %s')\"".formatted(trace));
        edit(
                folder,
                STEPS,
                "\"_target_\": \"Orientationd\"",
                "\"_target_\": \"os.system\", \"command\": \"touch %s\"".formatted(trace));

        assertThat(problems(folder))
                .extracting(Problem::what)
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first).contains("is a Python expression, and nothing is executed here"),
                        second -> assertThat(second).contains("the transform 'os.system' is not known"));
        assertThat(trace).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "\"@sizes\"; \"@nowhere\"; @nowhere is not in the file",
                "\"@sizes\"; \"@preprocessing#transforms#3#pixdim\"; its references lead in a circle",
                "\"@sizes\"; \"%other.json#sizes\"; '%other.json#sizes' is in another file",
                "\"@sizes\"; [\"a\"]; pixdim of Spacingd is \"a\", no number",
                "\"axcodes\": \"RAS\"; \"axcodes\": \"RAX\"; Orientationd: 'X' is no direction, such as L or R, P or A, I or S",
                "\"SupervisedEvaluator\"; \"scripts.Mine\"; the evaluator 'scripts.Mine' is not known",
                "\"keys\": \"pred\", \"softmax\"; \"keys\": \"label\", \"softmax\"; Activationsd works on [label], and there is only 'pred' here",
                "\"sw_batch_size\": 4; \"sw_batch_size\": 4000; sw_batch_size of SlidingWindowInferer is 4000"
            })
    void refusesByName(String before, String after, String what) throws IOException {
        var folder = copy(VOLUME);
        var steps = folder.resolve(STEPS);
        // The file as one line, so that what is to be changed stands in one place.
        Files.writeString(steps, Files.readString(steps).replaceAll("\\s*\n\\s*", " "));
        edit(folder, STEPS, before, after);

        assertThat(problems(folder))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).endsWith(what));
    }

    @Test
    void asksForAHashAndSaysHowToWriteIt() throws IOException, CardRefused {
        var folder = copy(VOLUME);
        Files.delete(folder.resolve("models/model.ts.sha256"));
        var hash = Sha256.of(folder.resolve("models/model.ts"));

        assertThat(problems(folder))
                .extracting(Problem::toString)
                .containsExactly(
                        "no SHA-256 is named for models/model.ts, which has %s - if you trust the file: cd %s && sha256sum model.ts > model.ts.sha256"
                                .formatted(hash, folder.resolve("models")));

        Files.writeString(
                folder.resolve("large_files.yml"),
                "large_files:\n- {path: models/model.ts, hash_type: sha256, hash_val: \"%s\"}\n".formatted(hash));
        Kernel.loader().load(folder).close();
    }

    @Test
    void refusesWeightsThatWereSwapped() throws IOException {
        var folder = copy(VOLUME);
        Files.copy(
                BUNDLES.resolve("tiny_slices/models/model.ts"),
                folder.resolve("models/model.ts"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(problems(folder)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).startsWith("models/model.ts has sha256 ").contains(", the bundle says ");
            assertThat(problem.fix()).isEqualTo("restore the file, or if you trust it write its sha256");
        });
    }

    @Test
    void trustsOnFirstUseOnlyWhereItIsSetAndThenRemembers() throws IOException, CardRefused {
        var folder = copy(VOLUME);
        Files.delete(folder.resolve("models/model.ts.sha256"));
        var notes = root.resolve("home/weights-seen");

        loader(notes, 1 << 26).load(folder).close();
        Files.write(folder.resolve("models/model.ts"), other());

        assertThat(problems(folder, loader(notes, 1 << 26)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .endsWith("%s says %s"
                                .formatted(
                                        notes, Sha256.of(BUNDLES.resolve(VOLUME).resolve("models/model.ts")))));
    }

    @Test
    void refusesAPickleInsteadOfTorchScript() throws IOException {
        var folder = copy(VOLUME);
        Files.move(folder.resolve("models/model.ts"), folder.resolve("models/model.pt"));

        assertThat(problems(folder)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).startsWith("there is no models/model.ts; models/model.pt is a pickle");
            assertThat(problem.fix()).contains("python -m monai.bundle ckpt_export");
        });
    }

    @Test
    void saysWhatTheNetworkAnsweredWhereTheBundleIsMistaken() throws IOException {
        var folder = copy(VOLUME);
        edit(folder, DATA, "\"num_channels\": 2", "\"num_channels\": 5");

        assertThat(problems(folder))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.what())
                                .isEqualTo(
                                        "tiny-ct-segmentation|0.1.0 was shown [1, 1, 6, 6, 6] FP32 of zeros, as its card says:"
                                                + " tiny-ct-segmentation|0.1.0 answered FP32 [1, 2, 6, 6, 6] for 'pred' FP32 [-1, 5, 6, 6, 6]"));
    }

    @Test
    void refusesANetworkThatTakesOtherImages() throws IOException {
        var folder = copy(VOLUME);
        edit(folder, DATA, "\"num_channels\": 1", "\"num_channels\": 3");

        assertThat(problems(folder))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.what())
                                .startsWith(
                                        "tiny-ct-segmentation|0.1.0 was shown [1, 3, 6, 6, 6] FP32 of zeros, as its card says"));
    }

    @Test
    void refusesWindowsThatNoMemoryHolds() throws IOException {
        var folder = copy(VOLUME);
        edit(folder, STEPS, "[ 6, 6, 6 ]", "[60000, 60000, 60000]");

        assertThat(problems(folder))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.what())
                                .endsWith(
                                        "takes 'image' [-1, 1, 60000, 60000, 60000], more than auspex.inference.max-numbers = 67108864"));
    }

    @Test
    void refusesAnImageThatItCannotTake() throws IOException, CardRefused {
        var folder = copy(VOLUME);
        Files.delete(folder.resolve("golden/01-oblique.json"));

        try (var model = loader(root.resolve("notes"), 500).load(folder)) {
            var network = model.tensors().orElseThrow();

            assertThatThrownBy(() -> network.infer(tensors(volume(2, 2)), Priority.URGENT, Optional.empty()))
                    .isInstanceOf(TensorRefused.class)
                    .hasMessage(
                            "tiny-ct-segmentation|0.1.0 takes 'image' [1, -1, -1, -1], of FP32, FP64 or a type of whole numbers,"
                                    + " and beside it, if there is one, 'affine' [4, 4] from voxels to RAS+ millimetres; it was given"
                                    + " ['image' INT16 [1, 2, 2]]");
            assertThatThrownBy(() -> network.infer(tensors(volume(10, 10, 10)), Priority.URGENT, Optional.empty()))
                    .isInstanceOf(TensorRefused.class)
                    .hasMessageContaining(
                            "an image of [1, 10, 10, 10] has more than auspex.inference.max-numbers = 500");
            assertThatThrownBy(() -> network.infer(
                            tensors(volume(2, 2, 2).replace("]}]}", "]}, " + SINGULAR + "]}")),
                            Priority.URGENT,
                            Optional.empty()))
                    .isInstanceOf(TensorRefused.class)
                    .hasMessageContaining("its axes do not span space");
        }
    }

    private static final String SINGULAR = "{\"name\": \"affine\", \"datatype\": \"FP64\", \"shape\": [4, 4],"
            + " \"data\": [1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]}";

    @Test
    void keepsToTheDeadlineOfACallOverAllWindows() throws IOException, CardRefused {
        try (var model = Kernel.loader().load(copy(VOLUME))) {
            var failed = catchThrowableOfType(
                    InferenceFailed.class,
                    () -> model.tensors()
                            .orElseThrow()
                            .infer(tensors(volume(40, 40, 40)), Priority.URGENT, Optional.of(Duration.ofNanos(1))));

            assertThat(failed.kind()).isIn(InferenceFailed.Kind.TIMEOUT, InferenceFailed.Kind.BUSY);
        }
    }

    @Test
    void followsABundleWhoseVersionChanges() throws IOException {
        var folder = copy(VOLUME);
        var models = new Models();

        try (models;
                var folders = new ModelFolders(List.of(root), Kernel.loader(), models, Map::of)) {
            folders.refresh();
            edit(folder, DATA, "\"version\": \"0.1.0\"", "\"version\": \"0.2.0\"");
            folders.refresh();
            folders.refresh();
            assertThat(models.serving()).extracting(card -> card.id().version()).containsExactly("0.2.0");

            delete(folder);
            folders.refresh();
            assertThat(models.serving()).isEmpty();
        }
    }

    @Test
    void doesNotUnpackAnArchive() throws IOException {
        Files.writeString(root.resolve("spleen.zip"), "PK");

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            assertThat(models.refused())
                    .hasEntrySatisfying(
                            "spleen.zip|archive",
                            why -> assertThat(why)
                                    .hasMessage(
                                            "spleen.zip is an archive, which is not unpacked here - unpack it beside itself, look at what is"
                                                    + " inside, and take the archive away"));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static byte[] other() throws IOException {
        return Files.readAllBytes(BUNDLES.resolve("tiny_slices/models/model.ts"));
    }

    private static ModelLoader loader(Path notes, long most) {
        var policy = new WeightsPolicy(1 << 20, Optional.of(new FirstSeen(notes)));
        return new ModelLoader(
                Kernel.cards(),
                new BundleReader(policy),
                new Engines(Duration.ofSeconds(30), 16, most),
                Kernel.reader(new Bundle()),
                Kernel.fhir(),
                Map.of());
    }

    private Path copy(String name) throws IOException {
        var from = BUNDLES.resolve(name);
        var to = root.resolve(name);
        try (var files = Files.walk(from)) {
            for (var file : files.sorted().toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    private static void edit(Path folder, String file, String before, String after) throws IOException {
        var text = Files.readString(folder.resolve(file));
        assertThat(text).contains(before);
        Files.writeString(folder.resolve(file), text.replace(before, after));
    }

    private static List<Problem> problems(Path folder) {
        return problems(folder, Kernel.loader());
    }

    private static List<Problem> problems(Path folder, ModelLoader loader) {
        return catchThrowableOfType(CardRefused.class, () -> loader.load(folder))
                .problems();
    }

    /** An image of one channel, all 7. */
    private static String volume(int... voxels) {
        var count = java.util.Arrays.stream(voxels).reduce(1, (a, b) -> a * b);
        var shape = java.util.Arrays.toString(voxels).replace("[", "[1, ");
        return "{\"tensors\": [{\"name\": \"image\", \"datatype\": \"INT16\", \"shape\": %s, \"data\": [%s]}]}"
                .formatted(shape, String.join(",", java.util.Collections.nCopies(count, "7")));
    }

    private static List<Tensor> tensors(String json) {
        return new Message(json.getBytes(StandardCharsets.UTF_8), OptionalInt.empty())
                .read("tensors")
                .tensors();
    }
}
