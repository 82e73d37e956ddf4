package org.auspex.kernel.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * Keeps DJL to itself, before its first use: no download, no call home, native libraries unpacked where the operator
     * says. What the operator has set as a system property stays.
     *
     * @param cache a folder that can be written
     */
    public static void prepare(Path cache) {
        setDefault("DJL_CACHE_DIR", cache.toString());
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        // One thread per batch: a model's batches are small, and its lane is one thread already.
        setDefault("ai.djl.pytorch.num_threads", "1");
        setDefault("ai.djl.pytorch.num_interop_threads", "1");
        // Otherwise TorchScript optimises itself anew for every batch size it meets.
        setDefault("ai.djl.pytorch.graph_optimizer", "false");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Opens an engine.
     *
     * @throws InferenceFailed if the weights do not load
     */
    public Engine open(ModelCard card) {
        return switch (card.engine().kind()) {
            case SCORECARD -> new ScorecardEngine(card);
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
