package org.auspex.kernel.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Sha256;

/** Opens the engine that a card asks for. */
public final class Engines {

    private final Duration timeout;
    private final int queue;

    /**
     * @param timeout how long one batch may take
     * @param queue batches that may wait for one model
     */
    public Engines(Duration timeout, int queue) {
        this.timeout = timeout;
        this.queue = queue;
    }

    /**
     * Opens an engine.
     *
     * @throws InferenceFailed if the weights do not load
     */
    public Engine open(ModelCard card) {
        return switch (card.engine().kind()) {
            case SCORECARD -> new ScorecardEngine(card.scorecard().orElseThrow(), card.output());
            case PYTORCH -> {
                var torchScript = read(card.engine().file().orElseThrow());
                yield new Deadline(
                        card.id().toString(),
                        () -> PyTorchEngine.load(
                                card.id(),
                                torchScript,
                                card.output(),
                                card.engine().maxBatchSize()),
                        timeout,
                        queue);
            }
        };
    }

    private static byte[] read(EngineSpec.Weights weights) {
        try {
            var bytes = Files.readAllBytes(weights.path());
            if (!Sha256.of(bytes).equals(weights.sha256())) {
                throw new InferenceFailed(
                        InferenceFailed.Kind.FAULT,
                        "%s was changed while it was read"
                                .formatted(weights.path().getFileName()));
            }
            return bytes;
        } catch (IOException e) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s cannot be read".formatted(weights.path().getFileName()),
                    e);
        }
    }
}
