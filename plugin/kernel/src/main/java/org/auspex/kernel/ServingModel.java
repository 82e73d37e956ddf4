package org.auspex.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.inference.Engine;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.TensorModel;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;

/** A version of a model with its engine running. */
public final class ServingModel implements AutoCloseable {

    private final ModelCard card;
    private final Engine engine;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean open = true;
    private Optional<Seen> seen = Optional.empty();

    ServingModel(ModelCard card, Engine engine) {
        this.card = card;
        this.engine = engine;
    }

    public ModelCard card() {
        return card;
    }

    /**
     * The outcome about each subject: an abstention where the evidence has an obstacle, else what the engine says.
     *
     * @throws ModelNotReady if the weights on disk are no longer those of the card
     */
    List<Outcome> infer(List<Evidence> evidence, Priority priority) {
        return answered(
                evidence.stream().map(this::obstacles).toList(),
                evidence.stream().map(Evidence::features).toList(),
                priority);
    }

    /**
     * The outcome of each set of values that came from elsewhere than a record, such as a table.
     *
     * @throws ModelNotReady if the weights on disk are no longer those of the card
     */
    public List<Outcome> outcomes(List<Features> features) {
        return answered(features.stream().map(this::obstacles).toList(), features, Priority.ROUTINE);
    }

    /**
     * The network behind the model, to call it; empty for what has none, such as a scorecard.
     *
     * @throws ModelNotReady if the weights on disk are no longer those of the card
     */
    public Optional<TensorModel> tensors() {
        requireUnchangedWeights();
        return engine.tensors();
    }

    /** The same, to look at. */
    public Optional<TensorModel> network() {
        return engine.tensors();
    }

    private List<Outcome> answered(List<List<Outcome.Reason>> obstacles, List<Features> features, Priority priority) {
        requireUnchangedWeights();
        var usable = IntStream.range(0, features.size())
                .filter(i -> obstacles.get(i).isEmpty())
                .mapToObj(features::get)
                .toList();
        Iterator<Outcome> said = usable.isEmpty()
                ? List.<Outcome>of().iterator()
                : engine.infer(usable, priority).iterator();
        return obstacles.stream()
                .map(reasons -> reasons.isEmpty() ? said.next() : new Outcome.Abstained(reasons))
                .toList();
    }

    /** How much each input moved the result about a subject. */
    public List<Contribution> explain(Evidence evidence) {
        return engine.explain(evidence.features());
    }

    /** What {@code work} gives; empty if the model has ended. It does not end while work is under way. */
    <T> Optional<T> whileOpen(Function<ServingModel, T> work) {
        use.readLock().lock();
        try {
            return open ? Optional.of(work.apply(this)) : Optional.empty();
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            open = false;
        } finally {
            use.writeLock().unlock();
        }
        engine.close();
    }

    private List<Outcome.Reason> obstacles(Evidence evidence) {
        return evidence.exclusion()
                .map(why -> List.of(Outcome.Reason.ofSubject(why)))
                .orElseGet(() -> obstacles(evidence.features()));
    }

    /**
     * Why an engine is not asked. Whoever is unlike those of the training is turned away where the card says so, once every value can be
     * used.
     */
    private List<Outcome.Reason> obstacles(Features features) {
        if (engine.takesObstacles()) {
            return List.of();
        }
        var ofInputs = obstaclesIn(features);
        return ofInputs.isEmpty()
                ? card.training().flatMap(training -> training.obstacle(features)).stream()
                        .map(Outcome.Reason::ofSubject)
                        .toList()
                : ofInputs;
    }

    private static List<Outcome.Reason> obstaclesIn(Features features) {
        return features.byInput().entrySet().stream()
                .flatMap(entry -> entry.getValue().obstacle().stream()
                        .map(why -> new Outcome.Reason(Optional.of(entry.getKey()), why)))
                .toList();
    }

    /** Looks at the file's time and size each time, and at its content only when those have changed. */
    private synchronized void requireUnchangedWeights() {
        var weights = card.engine().file();
        if (weights.isEmpty()) {
            return;
        }
        try {
            var now = Seen.of(weights.get());
            if (!seen.equals(Optional.of(now))) {
                requireHash(weights.get());
                seen = Optional.of(now);
            }
        } catch (IOException e) {
            throw new ModelNotReady(card.id().toString(), "its weights cannot be read (%s)".formatted(e));
        }
    }

    private void requireHash(EngineSpec.Weights weights) throws IOException {
        if (!Sha256.of(weights.path()).equals(weights.sha256())) {
            throw new ModelNotReady(
                    card.id().toString(),
                    "%s was changed after the model was loaded; restore the file, or publish it as a new version"
                            .formatted(weights.path().getFileName()));
        }
    }

    /** A file as it was when its content was last checked. */
    private record Seen(FileTime modified, long size) {
        static Seen of(EngineSpec.Weights weights) throws IOException {
            return new Seen(Files.getLastModifiedTime(weights.path()), Files.size(weights.path()));
        }
    }
}
