package org.auspex.kernel.adaptation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.auspex.kernel.ModelFolders;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.ModelNotReady;
import org.auspex.kernel.Models;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.background.Progress;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Pipeline;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.inference.Example;
import org.auspex.kernel.inference.Examples;
import org.auspex.kernel.inference.HeadTraining;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.DerivedCard;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Rollout;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.outcome.Output;

/** Makes a candidate: learns, tries what was learnt on held-out cases through the engine that will serve it, and lays it down. */
public final class Adaptation {

    /** Of the unlabelled images, those that are seen surest. */
    private static final double SURE_SHARE = 0.3;

    private final Models models;
    private final ModelLoader loader;
    private final ModelFolders folders;
    private final Path root;
    private final Clock clock;

    /**
     * @param root where the candidate's folder is written, one of those that {@code folders} looks at
     */
    public Adaptation(Models models, ModelLoader loader, ModelFolders folders, Path root, Clock clock) {
        this.models = models;
        this.loader = loader;
        this.folders = folders;
        this.root = root;
        this.clock = clock;
    }

    /** @throws AdaptationRefused if a model is no head, or marks more than one thing */
    public static void requireHead(ModelCard card) {
        var masks = card.outputs().stream()
                .filter(output -> output.kind() == Output.Kind.MASK)
                .count();
        if (card.engine().encoder().isEmpty() || masks != 1 || card.outputs().size() != 1) {
            throw new AdaptationRefused(
                    "%s cannot be adapted; only a head on an encoder with one output, a mask, can (engine: {..., encoder: NAME|VERSION})"
                            .formatted(card.id()));
        }
    }

    /**
     * Whether it can begin.
     *
     * @throws AdaptationRefused if the base cannot be adapted, the version is taken, or the cases cannot be split
     */
    public void check(AdaptationOrder order) {
        requireHead(order.base());
        var candidate = order.candidate();
        if (models.card(candidate).isPresent()
                || models.refused().containsKey(candidate.toString())
                || Files.exists(CandidateFolder.place(root, candidate))) {
            throw new AdaptationRefused("%s is there already; give the candidate another version".formatted(candidate));
        }
        Split.of(order.cases(), order.heldOut(), order.plan().seed());
    }

    /**
     * Does it.
     *
     * @throws AdaptationRefused if an image is none to learn from, or the candidate is not fit to serve
     * @throws java.util.concurrent.CancellationException if {@code progress} says so
     */
    public Adapted run(AdaptationOrder order, Progress progress) {
        check(order);
        var split = Split.of(order.cases(), order.heldOut(), order.plan().seed());
        var head = learnt(order, split, progress);
        try (var candidate = CandidateFolder.begin(root, order.candidate())) {
            write(order, candidate.folder(), head);
            var report = tried(order, candidate.folder(), split, progress);
            Files.writeString(
                    candidate.folder().resolve("README.md"),
                    new CandidateCard(order, report, clock.instant()).markdown());
            candidate.publish();
            return new Adapted(registered(order), report);
        } catch (IOException e) {
            throw unwritten(e);
        } catch (CardRefused e) {
            throw unfit(e);
        }
    }

    /** From the labelled images alone; then anew with what that head is surest of in the others, as selftraining.py does. */
    private byte[] learnt(AdaptationOrder order, Split split, Progress progress) {
        var steps = order.base().images().orElseThrow();
        var labelled = seen(split.training(), one -> example(steps, one), "reading", progress);
        var unlabelled = seen(
                split.apart(order.unlabelled()),
                one -> steps.seen(one.picture().volume()),
                "reading unlabelled",
                progress);
        var rounds = new RoundsProgress(progress, order.plan().steps(), unlabelled.isEmpty() ? 1 : 2);
        var head = trained(order, new Examples(labelled, List.of()), rounds);
        var guessed = unlabelled.isEmpty()
                ? List.<Example>of()
                : guesses(order, head, unlabelled, progress).surest(SURE_SHARE);
        return guessed.isEmpty() ? head : trained(order, new Examples(labelled, guessed), rounds.next());
    }

    /** By the engine that will serve. */
    private Guesses guesses(AdaptationOrder order, byte[] head, List<Volume> images, Progress progress) {
        try (var draft = CandidateFolder.begin(root, order.candidate())) {
            write(order, draft.folder(), head);
            try (var model = loader.load(draft.folder(), models)) {
                var network = model.tensors().orElseThrow();
                var asked = new AtomicInteger();
                return Guesses.of(images, image -> {
                    progress.at("marking unlabelled, and mirrored", asked.incrementAndGet(), 2 * images.size());
                    return network.infer(List.of(image), Priority.ROUTINE, Optional.empty())
                            .get(0);
                });
            }
        } catch (IOException e) {
            throw unwritten(e);
        } catch (CardRefused | ImageRefused e) {
            throw unfit(e);
        }
    }

    private UncheckedIOException unwritten(IOException e) {
        return new UncheckedIOException(
                "The candidate could not be written to %s; is the disk full?".formatted(root.getFileName()), e);
    }

    private static AdaptationRefused unfit(Exception e) {
        return new AdaptationRefused("What was learnt is not fit to serve: " + e.getMessage(), e);
    }

    private static Example example(Pipeline steps, LabelledCase one) {
        var labelled = one.labelled();
        return new Example(steps.seen(labelled.picture().volume()), steps.seenMask(labelled.mask()));
    }

    /** What the network sees of each. */
    private static <C extends Case, S> List<S> seen(
            List<C> cases, Function<C, S> read, String doing, Progress progress) {
        var seen = new ArrayList<S>();
        for (var one : cases) {
            try {
                seen.add(read.apply(one));
            } catch (ImageRefused e) {
                throw new AdaptationRefused("%s: %s".formatted(one.study(), e.getMessage()), e);
            }
            progress.at(doing, seen.size(), cases.size());
        }
        return seen;
    }

    private byte[] trained(AdaptationOrder order, Examples examples, HeadTraining.Listener listener) {
        var base = order.base();
        var training = new HeadTraining(base.engine().encoder().orElseThrow(), models.encoders(), order.plan());
        return training.train(weights(base), examples, listener);
    }

    private static byte[] weights(ModelCard base) {
        var file = base.engine().file().orElseThrow();
        try {
            var bytes = Files.readAllBytes(file.path());
            if (!Sha256.of(bytes).equals(file.sha256())) {
                throw new ModelNotReady(base.id().toString(), "its weights were changed; restore the file");
            }
            return bytes;
        } catch (IOException e) {
            throw new ModelNotReady(base.id().toString(), "its weights cannot be read (%s)".formatted(e));
        }
    }

    private static void write(AdaptationOrder order, Path folder, byte[] head) throws IOException, CardRefused {
        var base = order.base();
        Files.write(folder.resolve(base.engine().file().orElseThrow().path().getFileName()), head);
        var licence = "adapted by the server from %s, on images of this site".formatted(base.id());
        Files.writeString(
                folder.resolve("model.yaml"),
                new DerivedCard(order.version(), Sha256.of(head), licence, Rollout.Stage.SHADOW).of(base.folder()));
    }

    /** As it will serve: the draft is opened by the loader, and asked as any model is. */
    private Adapted.Report tried(AdaptationOrder order, Path folder, Split split, Progress progress)
            throws IOException, CardRefused {
        try (var candidate = loader.load(folder, models)) {
            GoldenPictures.write(candidate.tensors().orElseThrow(), folder);
            var threshold = IntensityThreshold.best(split.training());
            var scores = new Adapted.Scores(
                    scored("candidate on held-out", candidate, split, progress),
                    models.with(order.base().id(), base -> scored("base on held-out", base, split, progress)),
                    Score.of(split.heldOut(), threshold::dice));
            return new Adapted.Report(
                    split.training().size(),
                    Split.patients(split.training()),
                    split.apart(order.unlabelled()).size(),
                    split.heldOut().size(),
                    Split.patients(split.heldOut()),
                    scores);
        }
    }

    private static Score scored(String doing, ServingModel model, Split split, Progress progress) {
        return Score.of(
                split.heldOut(), new HeldOutDice(model, doing, split.heldOut().size(), progress));
    }

    /** The second look finds the folder as the first did, and takes it into service. */
    private ModelCard registered(AdaptationOrder order) throws IOException {
        folders.refresh();
        folders.refresh();
        return models.card(order.candidate())
                .orElseThrow(() -> new AdaptationRefused("%s was written and does not serve: %s"
                        .formatted(
                                order.candidate(),
                                models.refused().get(order.candidate().toString()))));
    }
}
