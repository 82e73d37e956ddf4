package org.auspex.kernel.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What runs a model.
 *
 * @param file the weights, for an engine in this process that has some
 * @param remote where it runs, for an engine in another process
 */
public record EngineSpec(Kind kind, Optional<Weights> file, Optional<Remote> remote, Batching batching) {

    /** Kinds of engine. */
    public enum Kind {
        SCORECARD,
        PYTORCH,
        ONNX,
        KSERVE
    }

    /** A file of weights and the SHA-256 it must have, in lower-case hexadecimal digits. */
    public record Weights(Path path, String sha256) {}

    /**
     * A model on a server that speaks the Open Inference Protocol.
     *
     * @param url of the server, without {@code /v2}
     * @param model its name there
     * @param version its version there; empty = the one the server chooses
     * @param binary whether tensors travel as bytes (the binary tensor extension) and not as JSON
     */
    public record Remote(URI url, String model, Optional<String> version, boolean binary) {}
}
