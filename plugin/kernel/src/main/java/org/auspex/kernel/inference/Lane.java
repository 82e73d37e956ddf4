package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one copy of a network. Native memory grows with the threads that use it, so a copy stays with its
 * thread from its opening to its end.
 */
final class Lane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration BEFORE_HEALING = Duration.ofSeconds(1);

    private final Lanes lanes;
    private final Queue queue;
    private final Supplier<Network> open;
    private final Lanes.Gauges gauges;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Thread thread;

    private int answered;
    private volatile boolean stopped;
    private volatile Batch running = Batch.NONE;
    /** When the network was last called, by {@link System#nanoTime()}; 0 = it is not running. */
    private volatile long since;

    Lane(Lanes lanes, Queue queue, Supplier<Network> open, Lanes.Gauges gauges) {
        this.lanes = lanes;
        this.queue = queue;
        this.open = open;
        this.gauges = gauges;
        this.thread = new Thread(this, "auspex-model-" + lanes.name());
        thread.setDaemon(true);
    }

    /** Starts; the future ends when the network is open, or with why it is not. */
    CompletableFuture<Void> start() {
        thread.start();
        return opened;
    }

    /** Ends after what is running. */
    void stop() {
        stopped = true;
    }

    void join(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
    }

    /**
     * Whether the network has been running, or opening, for longer than this.
     *
     * @param opening how long the opening may take
     */
    boolean hangs(Duration patience, Duration opening) {
        var begun = since;
        var limit = running.isEmpty() ? opening : patience;
        return begun != 0 && System.nanoTime() - begun > limit.toNanos();
    }

    int runningRows() {
        return running.rows();
    }

    /** Ends the calls that run, without waiting for the network, which cannot be stopped. */
    void abandon(InferenceFailed why) {
        stop();
        running.calls().forEach(call -> fail(call, why));
    }

    @Override
    public void run() {
        Optional<Network> network = Optional.empty();
        Optional<String> failure = Optional.empty();
        try {
            if (lanes.problem().isPresent()) {
                Thread.sleep(BEFORE_HEALING.toMillis());
            }
            since = System.nanoTime();
            network = Optional.of(warm(open.get()));
            since = 0;
            opened.complete(null);
            while (!stopped) {
                network = Optional.of(serve(network.get()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Native code can end in anything. Whoever waits for this lane must hear of it.
            failure = Optional.of(String.valueOf(e.getMessage()));
            if (!opened.completeExceptionally(e)) {
                LOG.error("A thread of {} ended; another takes its place", lanes.name(), e);
            }
        } finally {
            network.ifPresent(Network::close);
            lanes.ended(this, failure);
        }
    }

    private Network warm(Network network) {
        gauges.warmth().warm(network);
        return network;
    }

    /** One batch, or one attempt to heal. */
    private Network serve(Network network) throws InterruptedException {
        if (lanes.problem().isPresent()) {
            return heal(network);
        }
        var batch = new Batch(queue.take(PAUSE, answered));
        if (!batch.isEmpty()) {
            running = batch;
            try {
                execute(network, batch);
            } finally {
                running = Batch.NONE;
            }
        }
        answered = batch.calls().size();
        return network;
    }

    /** Opens the network anew; the problem is over when that and a first run succeed. */
    private Network heal(Network broken) throws InterruptedException {
        Thread.sleep(BEFORE_HEALING.toMillis());
        if (stopped) {
            return broken;
        }
        try {
            var fresh = reopen();
            broken.close();
            if (!stopped && gauges.warmth().isAlive(fresh)) {
                lanes.healed();
            }
            return fresh;
        } catch (InferenceFailed e) {
            LOG.debug("{} is not back yet", lanes.name(), e);
            return broken;
        }
    }

    private Network reopen() {
        since = System.nanoTime();
        try {
            return open.get();
        } finally {
            since = 0;
        }
    }

    private void execute(Network network, Batch batch) {
        try {
            var begun = System.nanoTime();
            var outputs = batch.apart(timed(network, batch.inputs(), batch.rows()), lanes.name());
            for (int i = 0; i < outputs.size(); i++) {
                answer(batch.calls().get(i), outputs.get(i), begun);
            }
        } catch (InferenceFailed e) {
            failed(network, batch, e);
        } catch (RuntimeException | Error e) {
            failed(
                    network,
                    batch,
                    new InferenceFailed(InferenceFailed.Kind.FAULT, "%s failed".formatted(lanes.name()), e));
        }
    }

    private List<Tensor> timed(Network network, List<Tensor> inputs, int rows) {
        var begun = System.nanoTime();
        since = begun;
        try {
            var outputs = network.run(inputs);
            var taken = System.nanoTime() - begun;
            gauges.counters().ran(rows, taken);
            gauges.pace().ran(rows, taken);
            return outputs;
        } finally {
            since = 0;
        }
    }

    /** One bad call must not take the others with it: halves are tried apart, unless the network itself is gone. */
    private void failed(Network network, Batch batch, InferenceFailed why) {
        if (stopped || why.kind() == InferenceFailed.Kind.TIMEOUT) {
            batch.calls().forEach(call -> fail(call, why));
        } else if (why.kind() == InferenceFailed.Kind.DOWN || !gauges.warmth().isAlive(network)) {
            lanes.broke(String.valueOf(why.getMessage()));
            var down = new InferenceFailed(InferenceFailed.Kind.DOWN, String.valueOf(why.getMessage()), why);
            batch.calls().forEach(call -> fail(call, down));
        } else if (batch.isSingle()) {
            fail(batch.calls().get(0), why);
        } else {
            batch.halves().forEach(half -> execute(network, half));
        }
    }

    private void fail(Call call, InferenceFailed why) {
        if (call.fail(why)) {
            gauges.counters().failed(why.kind());
        }
    }

    /** Counted first, so that a caller who looks at the figures finds its own call there. */
    private void answer(Call call, List<Tensor> outputs, long begun) {
        if (!call.isDone()) {
            gauges.counters().answered(call, begun);
            call.answer(outputs);
        }
    }
}
