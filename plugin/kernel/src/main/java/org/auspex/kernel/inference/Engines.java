package org.auspex.kernel.inference;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Sha256;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.kernel.model.TextReading;

/** Opens the engine that a card asks for. */
public final class Engines {

    private final Duration timeout;
    private final int queue;
    private final long mostNumbers;
    private final Diagnostician diagnostician;
    private final HttpClient http = KserveNetwork.client();

    /**
     * @param timeout how long one batch may take
     * @param queue batches that may wait for one model
     */
    public Engines(Duration timeout, int queue) {
        this(timeout, queue, 1L << 26);
    }

    /**
     * @param timeout how long one batch may take
     * @param queue batches that may wait for one model
     * @param mostNumbers numbers that a tensor a card declares may have, or an image and anything made of it on its way
     */
    public Engines(Duration timeout, int queue, long mostNumbers) {
        this(timeout, queue, mostNumbers, Diagnostician.NONE);
    }

    private Engines(Duration timeout, int queue, long mostNumbers, Diagnostician diagnostician) {
        this.timeout = timeout;
        this.queue = queue;
        this.mostNumbers = mostNumbers;
        this.diagnostician = diagnostician;
    }

    /** The same, with a language model that thinks of diagnoses. */
    public Engines asking(Diagnostician one) {
        return new Engines(timeout, queue, mostNumbers, one);
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
        OnnxNatives.prepare(cache);
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
     * @param encoders what heads are built on
     * @throws InferenceFailed if it does not open; of kind DOWN if it may later
     */
    public Engine open(ModelCard card, Encoders encoders) {
        return switch (card.engine().kind()) {
            case SCORECARD -> card.parts().isEmpty() ? new ScorecardEngine(card) : pathway(card, encoders);
            case RULES -> new RulesEngine(card);
            case FACTS -> new FactsEngine(card);
            case CHAT -> chat(card);
            case PYTORCH, ONNX, KSERVE -> network(card, encoders);
        };
    }

    private Engine pathway(ModelCard card, Encoders encoders) {
        var opened = new ArrayList<PathwayEngine.Asked>();
        try {
            card.parts().forEach(part -> opened.add(new PathwayEngine.Asked(part, open(part.card(), encoders))));
            return new PathwayEngine(card, opened);
        } catch (RuntimeException e) {
            opened.forEach(asked -> asked.engine().close());
            throw e;
        }
    }

    private Engine chat(ModelCard card) {
        if (diagnostician == Diagnostician.NONE) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.DOWN, "%s asks a language model, and none is configured".formatted(card.id()));
        }
        return new ChatEngine(card, diagnostician);
    }

    private Engine network(ModelCard card, Encoders encoders) {
        var name = card.id().toString();
        var signature = card.tensors().orElseGet(() -> TabularEngine.signature(card));
        signature.inputs().forEach(input -> requireRoom(name, input));
        var limits = Limits.of(card.engine().batching(), signature.isBatched(), timeout, queue);
        var batcher = new Batcher(name, opener(card, signature, encoders), signature, limits);
        if (card.tiles().isPresent()) {
            return new MultimodalEngine(card, new TensorModel(name, signature, batcher));
        }
        if (card.images().isPresent() && card.predicts()) {
            return new PictureEngine(card, new TensorModel(name, signature, batcher));
        }
        if (card.images().isPresent()) {
            return new RawEngine(
                    name,
                    probed(new ImageModel(
                            name, signature, batcher, card.images().get(), mostNumbers)));
        }
        if (card.text().isPresent()) {
            return new RawEngine(name, reading(name, card.text().get(), signature, batcher));
        }
        var tensors = new TensorModel(name, signature, batcher);
        return card.predicts() ? tabular(card, tensors) : new RawEngine(name, tensors);
    }

    private static TextModel reading(String name, TextReading reading, Signature signature, Batcher batcher) {
        try {
            return new TextModel(name, signature, batcher, reading, Tokenizer.read(name, read(reading.tokenizer())));
        } catch (RuntimeException e) {
            batcher.close();
            throw e;
        }
    }

    private static Engine tabular(ModelCard card, TensorModel tensors) {
        var table = new TabularEngine(card, tensors);
        return card.output().choices().isPresent() ? new RankingEngine(card.output(), table) : table;
    }

    /** A network runs on zeros of its inputs before it serves. */
    private void requireRoom(String name, TensorSpec input) {
        var numbers = BigInteger.ONE;
        for (var size : input.shape()) {
            numbers = size == TensorSpec.ANY ? numbers : numbers.multiply(BigInteger.valueOf(size));
        }
        if (numbers.compareTo(BigInteger.valueOf(mostNumbers)) > 0) {
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT,
                    "%s takes '%s' %s, more than auspex.inference.max-numbers = %d"
                            .formatted(name, input.name(), input.shape(), mostNumbers));
        }
    }

    private static ImageModel probed(ImageModel model) {
        try {
            model.probe();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private Supplier<Network> opener(ModelCard card, Signature signature, Encoders encoders) {
        var alone = opener(card, signature);
        return card.engine()
                .encoder()
                .map(encoder -> new Encoding(encoder, encoders))
                .<Supplier<Network>>map(encoding -> () -> {
                    encoding.require();
                    return new HeadNetwork(encoding, alone.get());
                })
                .orElse(alone);
    }

    private Supplier<Network> opener(ModelCard card, Signature signature) {
        var name = card.id().toString();
        var spec = card.engine();
        return spec.kind() == EngineSpec.Kind.KSERVE
                ? () -> KserveNetwork.open(http, name, spec.remote().orElseThrow(), signature, timeout)
                : () -> DjlNetwork.load(
                        name,
                        spec.kind(),
                        read(spec.file().orElseThrow()),
                        card.tensors().isPresent() || spec.table().isPresent());
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
