package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.inference.Example;
import org.auspex.kernel.inference.Examples;
import org.auspex.kernel.inference.HeadTraining;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.TrainingPlan;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A head on an encoder that is served once. */
class HeadTest {

    private static final ModelId ENCODER = ModelId.parse("encoder|1.0.0");
    private static final ModelId HEAD = ModelId.parse("lesions|0.0.0");

    @TempDir
    private Path root;

    @Test
    void isServedOnTheEncoderThatServes() throws Exception {
        Heads.head(root);
        Heads.encoder(root);

        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var before = asked(models);

            var mask = marked(models);

            assertThat(mask.markings().get(0).marks().get(0).mask().grid().shape())
                    .containsExactly(Heads.SIDE, Heads.SIDE);
            assertThat(asked(models)).isEqualTo(before + 1);
            assertThat(models.problems()).isEmpty();
        }
    }

    @Test
    void waitsForItsEncoder() throws Exception {
        Heads.head(root);
        try (var models = new Models();
                var folders = new ModelFolders(List.of(root), Kernel.loader(), models, Map::of)) {
            folders.refresh();

            assertThat(models.refused().get("lesions|0.0.0"))
                    .hasMessageContaining("its encoder encoder|1.0.0 does not serve; add its folder");

            Heads.encoder(root);
            look(folders);

            assertThat(models.serving())
                    .extracting(card -> card.id().toString())
                    .containsExactly("encoder|1.0.0", "lesions|0.0.0");
        }
    }

    @Test
    void isDownWhileItsEncoderIsGone() throws Exception {
        Heads.head(root);
        Heads.encoder(root);
        try (var models = new Models();
                var folders = new ModelFolders(List.of(root), Kernel.loader(), models, Map::of)) {
            folders.refresh();

            Files.move(root.resolve("encoder"), root.resolve("away"));
            look(folders);

            assertThat(models.problems()).containsOnlyKeys(HEAD);
            assertThatThrownBy(() -> marked(models))
                    .isInstanceOfSatisfying(
                            InferenceFailed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(InferenceFailed.Kind.DOWN))
                    .hasMessageContaining("encoder|1.0.0 does not serve");

            Files.move(root.resolve("away"), root.resolve("encoder"));
            look(folders);

            assertThat(eventuallyMarks(models)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "kind: pytorch; kind: onnx; an engine of kind onnx has no encoder",
                "encoder|1.0.0; encoder; write name|version of the encoder",
                "encoder|1.0.0; lesions|0.0.0; a model is no head on itself",
                "inputs:\\n    - {name: image; inputs:\\n    - {name: x, datatype: FP32, shape: [-1, 1]}\\n    - {name: image; name the image alone",
            })
    void saysWhatIsWrongWithACard(String right, String wrong, String problem) throws IOException {
        var folder = Heads.head(root);
        var card = folder.resolve("model.yaml");
        var text = Files.readString(card);
        assertThat(text).contains(right.translateEscapes());
        Files.writeString(card, text.replace(right.translateEscapes(), wrong.translateEscapes()));

        var refused =
                catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder));

        assertThat(refused.problems()).extracting(Problem::toString).anyMatch(line -> line.contains(problem));
    }

    @Test
    void learnsDiscsTheSameWayEachTime() throws Exception {
        Heads.encoder(root);
        var head = Files.readAllBytes(Heads.head(root).resolve("head.pt"));
        try (var models = Kernel.loader().loadAll(List.of(root))) {
            var steps = models.card(HEAD).orElseThrow().images().orElseThrow();
            var examples = List.of(Heads.disc(1), Heads.disc(2), Heads.disc(3)).stream()
                    .map(disc -> new Example(steps.seen(disc.picture().volume()), steps.seenMask(disc.mask())))
                    .toList();
            var plan = new TrainingPlan(25, 4, 64, 2e-3f, 7);

            var losses = losses(models, plan, head, examples);

            assertThat(losses.get(24)).isLessThan(0.8 * losses.get(0));
            assertThat(losses(models, plan.withSteps(25), head, examples)).isEqualTo(losses);
        }
    }

    private static List<Double> losses(Models models, TrainingPlan plan, byte[] head, List<Example> examples) {
        var losses = new ArrayList<Double>();
        new HeadTraining(ENCODER, models.encoders(), plan)
                .train(head, new Examples(examples, List.of()), new HeadTraining.Listener() {
                    @Override
                    public void stepped(int done, int of, double loss) {
                        losses.add(loss);
                    }

                    @Override
                    public void waiting() {
                        throw new AssertionError("nobody else asks the encoder");
                    }
                });
        return losses;
    }

    private static Outcome.Marked marked(Models models) {
        var features = new Features(
                Map.of("image", new Feature.Pictured(List.of(Heads.disc(1).picture()))));
        return (Outcome.Marked)
                models.with(HEAD, model -> model.outcomes(List.of(features))).get(0);
    }

    private static boolean eventuallyMarks(Models models) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return marked(models).markings().size() == 1;
            } catch (InferenceFailed e) {
                Thread.sleep(100);
            }
        }
        return false;
    }

    private static long asked(Models models) {
        return models.with(
                ENCODER, model -> model.network().orElseThrow().statistics().calls());
    }

    /** A folder that is new or changed is loaded once it looks the same twice. */
    private static void look(ModelFolders folders) throws IOException {
        folders.refresh();
        folders.refresh();
        folders.refresh();
    }
}
