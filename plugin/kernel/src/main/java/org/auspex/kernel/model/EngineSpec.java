package org.auspex.kernel.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What runs a model.
 *
 * @param file the weights, for an engine in this process that has some
 * @param remote where it runs, for an engine in another process
 * @param table the tensors of a network that was trained on a table elsewhere; empty = those that {@code adding-a-model} names
 * @param encoder the version whose maps of the image are given to this network beside the image; empty = it takes the image alone
 * @param language that a language model answers in, a code of BCP 47
 */
public record EngineSpec(
        Kind kind,
        Optional<Weights> file,
        Optional<Remote> remote,
        Batching batching,
        Optional<Table> table,
        Optional<ModelId> encoder,
        Optional<String> language) {

    public EngineSpec(Kind kind, Optional<Weights> file, Optional<Remote> remote, Batching batching) {
        this(kind, file, remote, batching, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The tensors of a network that takes a row of numbers for each subject and is not told which are missing.
     *
     * @param input its name, [rows, inputs] FP32
     * @param output the name of the probabilities, [rows, classes]
     * @param column which class the card is about, from 0
     */
    public record Table(String input, String output, int column) {}

    /** Kinds of engine. */
    public enum Kind {
        SCORECARD,
        RULES,
        PYTORCH,
        ONNX,
        KSERVE,
        /** Writes down what a document names. */
        FACTS,
        /** A language model that the site has configured; the card does not choose which. */
        CHAT
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
