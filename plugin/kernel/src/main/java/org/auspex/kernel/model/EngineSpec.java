package org.auspex.kernel.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What runs a model.
 *
 * @param file the weights; empty for a scorecard
 * @param maxBatchSize subjects in one tensor batch at most
 */
public record EngineSpec(Kind kind, Optional<Weights> file, int maxBatchSize) {

    /** Kinds of engine. */
    public enum Kind {
        SCORECARD,
        PYTORCH
    }

    /** A file of weights and the SHA-256 it must have, in lower-case hexadecimal digits. */
    public record Weights(Path path, String sha256) {}
}
