package org.auspex.kernel.inference;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a network on zeros: before it serves, in batches of growing size, so that no first caller pays for what libraries
 * prepare on first use; and later to tell a bad input from a network that is gone.
 */
final class Warmth {

    private static final Logger LOG = LoggerFactory.getLogger(Warmth.class);

    /** A large network on a slow machine must not hold up the start. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    /** Of each size: one in which libraries prepare, and two that are timed. */
    private static final int RUNS = 3;

    private static final Set<Datatype> FRACTIONS = Set.of(Datatype.FP16, Datatype.FP32, Datatype.FP64);

    private final String name;
    private final Signature signature;
    private final int maxBatchSize;
    private final Pace pace;
    /** Whether the network computes zeros at all; some refuse them, and then they tell nothing. */
    private volatile boolean telling;

    Warmth(String name, Signature signature, int maxBatchSize, Pace pace) {
        this.name = name;
        this.signature = signature;
        this.maxBatchSize = maxBatchSize;
        this.pace = pace;
    }

    void warm(Network network) {
        if (!isKnown()) {
            return;
        }
        var end = System.nanoTime() + ENOUGH.toNanos();
        try {
            for (int rows = 1; System.nanoTime() - end < 0; rows = Math.min(2 * rows, maxBatchSize)) {
                var inputs = zeros(rows);
                network.run(inputs);
                telling = true;
                var nanos = Math.min(nanos(network, inputs), nanos(network, inputs));
                pace.ran(rows, nanos);
                if (rows == maxBatchSize || !signature.isBatched() || System.nanoTime() + RUNS * 2 * nanos - end > 0) {
                    return;
                }
            }
        } catch (InferenceFailed e) {
            LOG.debug("{} does not compute zeros, so it is not warmed up", name, e);
        }
    }

    private static long nanos(Network network, List<Tensor> inputs) {
        var begun = System.nanoTime();
        network.run(inputs);
        return System.nanoTime() - begun;
    }

    /** False if the network no longer computes what it did when it was opened. */
    boolean isAlive(Network network) {
        if (!telling) {
            return true;
        }
        try {
            network.run(zeros(1));
            return true;
        } catch (RuntimeException | Error e) {
            // Native code can end in anything; whatever it is, the network does not compute.
            LOG.debug("{} no longer computes", name, e);
            return false;
        }
    }

    /** Whether the card says what to run it on. A whole number may be a choice, such as a sampling rate, where 0 is none. */
    private boolean isKnown() {
        return signature.inputs().stream()
                .allMatch(input -> FRACTIONS.contains(input.datatype())
                        && input.shape().stream()
                                .skip(signature.isBatched() ? 1 : 0)
                                .noneMatch(size -> size == TensorSpec.ANY));
    }

    private List<Tensor> zeros(int rows) {
        var tensors = new ArrayList<Tensor>();
        for (var input : signature.inputs()) {
            var shape = new ArrayList<>(input.shape());
            if (signature.isBatched()) {
                shape.set(0, (long) rows);
            }
            var size = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
            var bytes = Math.toIntExact(size * input.datatype().bytes());
            tensors.add(new Tensor(input.name(), input.datatype(), shape, ByteBuffer.allocate(bytes)));
        }
        return tensors;
    }
}
