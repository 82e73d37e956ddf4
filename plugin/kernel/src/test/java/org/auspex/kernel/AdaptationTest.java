package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.auspex.kernel.adaptation.Adaptation;
import org.auspex.kernel.adaptation.AdaptationOrder;
import org.auspex.kernel.adaptation.AdaptationRefused;
import org.auspex.kernel.adaptation.LabelledCase;
import org.auspex.kernel.adaptation.UnlabelledCase;
import org.auspex.kernel.inference.TrainingPlan;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a few labelled pictures to a candidate that serves. */
class AdaptationTest {

    private static final ModelId HEAD = ModelId.parse("lesions|0.0.0");
    private static final TrainingPlan PLAN = new TrainingPlan(60, 4, 64, 2e-3f, 7);

    @TempDir
    private Path root;

    private final Models models = new Models();

    @SuppressWarnings("NullAway.Init")
    private Adaptation adaptation;

    @BeforeEach
    void serve() throws IOException {
        Heads.encoder(root);
        Heads.head(root);
        var loader = Kernel.loader();
        var folders = new ModelFolders(List.of(root), loader, models, Map::of);
        folders.refresh();
        var clock = Clock.fixed(Instant.parse("2026-01-15T12:00:00Z"), ZoneOffset.UTC);
        adaptation = new Adaptation(models, loader, folders, root, clock);
    }

    @AfterEach
    void end() {
        models.close();
    }

    @Test
    void makesAShadowThatFindsDiscsOfPatientsItHasNotSeen() throws IOException {
        var heard = new ArrayList<String>();

        var adapted = adaptation.run(
                order("0.1.0", cases(8)), (doing, done, of) -> heard.add("%s %d/%d".formatted(doing, done, of)));

        var scores = adapted.report().scores();
        assertThat(scores.candidate().value())
                .isGreaterThan(0.8)
                .isGreaterThan(scores.base().value() + 0.3)
                .isGreaterThan(scores.threshold().value() + 0.1);
        assertThat(scores.candidate().interval()).isPresent();
        assertThat(adapted.report().heldOutPatients()).isEqualTo(2);
        assertThat(adapted.report().trainingImages()).isEqualTo(6);
        assertThat(heard).contains("reading 6/6", "training 1/60", "training 60/60", "candidate on held-out 2/2");
        var card = models.card(ModelId.parse("lesions|0.1.0")).orElseThrow();
        assertThat(card.rollout()).isEqualTo(Rollout.SHADOW);
        assertThat(card.images()).isEqualTo(models.card(HEAD).orElseThrow().images());
        assertThat(card.folder().resolve("golden").toFile().list()).hasSize(2);
        assertThat(Files.readString(card.folder().resolve("README.md")))
                .contains(
                        "# Lesions in breast ultrasound",
                        "2026-01-15",
                        "6 images of 6 patients",
                        "60 steps of 4 crops",
                        String.format(Locale.ROOT, "%.3f", scores.candidate().value()))
                .contains(
                        "## Intended use",
                        "## Out of scope",
                        "## Data and licence",
                        "## Metrics",
                        "## Subgroups",
                        "## Limits");
        assertThat(root.resolve(".adapting").toFile().list()).isEmpty();
    }

    @Test
    void learnsFromImagesThatNobodyMarkedToo() throws IOException {
        var heard = new ArrayList<String>();
        var unlabelled = IntStream.range(0, 10)
                .mapToObj(number -> new UnlabelledCase(
                        "ImagingStudy/u" + number,
                        "Patient/" + number,
                        Heads.disc(100 + number).picture()))
                .toList();
        var order = new AdaptationOrder(models.card(HEAD).orElseThrow(), "0.1.0", cases(4), unlabelled, 0.2, PLAN);

        var adapted = adaptation.run(order, (doing, done, of) -> heard.add("%s %d/%d".formatted(doing, done, of)));

        var report = adapted.report();
        assertThat(report.trainingImages()).isEqualTo(3);
        assertThat(report.unlabelledImages())
                .as("not that of the patient held out")
                .isEqualTo(9);
        assertThat(report.scores().candidate().value()).isGreaterThan(0.7);
        assertThat(heard)
                .contains(
                        "reading unlabelled 9/9",
                        "training 1/120",
                        "marking unlabelled, and mirrored 18/18",
                        "training 61/120",
                        "training 120/120");
        assertThat(Files.readString(root.resolve("lesions/0.1.0/README.md")))
                .contains("9 more images, of nobody who is held out, had no marks");
        assertThat(root.resolve(".adapting").toFile().list()).isEmpty();
    }

    @Test
    void leavesNothingWhenItIsCancelled() throws IOException {
        assertThatThrownBy(() -> adaptation.run(order("0.1.0", cases(4)), (doing, done, of) -> {
                    if (doing.equals("training") && done == 2) {
                        throw new CancellationException("enough");
                    }
                }))
                .isInstanceOf(CancellationException.class);

        assertThat(root.resolve("lesions/0.1.0")).doesNotExist();
        assertThat(models.serving()).hasSize(2);
    }

    @Test
    void refusesWhatCannotBeTried() {
        var twoOfOne = List.of(
                new LabelledCase("ImagingStudy/1", "Patient/1", Heads.disc(1)),
                new LabelledCase("ImagingStudy/2", "Patient/1", Heads.disc(2)));

        assertThatThrownBy(() -> adaptation.check(order("0.1.0", twoOfOne)))
                .isInstanceOf(AdaptationRefused.class)
                .hasMessageContaining("2 labelled images of 1 patients");
        assertThatThrownBy(() -> adaptation.check(order("0.0.0", cases(2))))
                .isInstanceOf(AdaptationRefused.class)
                .hasMessageContaining("lesions|0.0.0 is there already");
        assertThatThrownBy(() -> Adaptation.requireHead(
                        models.card(ModelId.parse("encoder|1.0.0")).orElseThrow()))
                .isInstanceOf(AdaptationRefused.class)
                .hasMessageContaining("encoder|1.0.0 cannot be adapted");
    }

    private AdaptationOrder order(String version, List<LabelledCase> cases) {
        return new AdaptationOrder(models.card(HEAD).orElseThrow(), version, cases, List.of(), 0.2, PLAN);
    }

    private static List<LabelledCase> cases(int patients) {
        return IntStream.range(0, patients)
                .mapToObj(number -> new LabelledCase("ImagingStudy/" + number, "Patient/" + number, Heads.disc(number)))
                .toList();
    }
}
