package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.ArrayList;
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

    private final Batcher batcher;
    private final Queue queue;
    private final Supplier<Network> open;
    private final Gauges gauges;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Thread thread;

    private int answered;
    private volatile boolean stopped;
    private volatile List<Call> running = List.of();
    /** When the network was last called, by {@link System#nanoTime()}; 0 = it is not running. */
    private volatile long since;

    /** What a lane learns from, and what it tells. */
    record Gauges(Warmth warmth, Pace pace, Counters counters) {}

    Lane(Batcher batcher, Queue queue, Supplier<Network> open, Gauges gauges) {
        this.batcher = batcher;
        this.queue = queue;
        this.open = open;
        this.gauges = gauges;
        this.thread = new Thread(this, "auspex-model-" + batcher.name());
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
        var limit = opened.isDone() ? patience : opening;
        return begun != 0 && System.nanoTime() - begun > limit.toNanos();
    }

    int runningRows() {
        return running.stream().mapToInt(Call::rows).sum();
    }

    /** Ends the calls that run, without waiting for the network, which cannot be stopped. */
    void abandon(InferenceFailed why) {
        stop();
        running.forEach(call -> fail(call, why));
    }

    @Override
    public void run() {
        Optional<Network> network = Optional.empty();
        Optional<String> failure = Optional.empty();
        try {
            if (batcher.problem().isPresent()) {
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
                LOG.error("A thread of {} ended; another takes its place", batcher.name(), e);
            }
        } finally {
            network.ifPresent(Network::close);
            batcher.ended(this, failure);
        }
    }

    private Network warm(Network network) {
        gauges.warmth().warm(network);
        return network;
    }

    /** One batch, or one attempt to heal. */
    private Network serve(Network network) throws InterruptedException {
        if (batcher.problem().isPresent()) {
            return heal(network);
        }
        var batch = queue.take(PAUSE, answered);
        if (!batch.isEmpty()) {
            running = batch;
            try {
                execute(network, batch);
            } finally {
                running = List.of();
            }
        }
        answered = batch.size();
        return network;
    }

    /** Opens the network anew; the problem is over when that and a first run succeed. */
    private Network heal(Network broken) throws InterruptedException {
        Thread.sleep(BEFORE_HEALING.toMillis());
        if (stopped) {
            return broken;
        }
        try {
            var fresh = open.get();
            broken.close();
            if (gauges.warmth().isAlive(fresh)) {
                batcher.healed();
            }
            return fresh;
        } catch (InferenceFailed e) {
            LOG.debug("{} is not back yet", batcher.name(), e);
            return broken;
        }
    }

    private void execute(Network network, List<Call> batch) {
        try {
            var begun = System.nanoTime();
            var outputs = timed(network, joined(batch), rows(batch));
            distribute(batch, outputs, begun);
        } catch (InferenceFailed e) {
            failed(network, batch, e);
        } catch (RuntimeException | Error e) {
            failed(
                    network,
                    batch,
                    new InferenceFailed(InferenceFailed.Kind.FAULT, "%s failed".formatted(batcher.name()), e));
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
    private void failed(Network network, List<Call> batch, InferenceFailed why) {
        if (stopped || why.kind() == InferenceFailed.Kind.TIMEOUT) {
            batch.forEach(call -> fail(call, why));
        } else if (why.kind() == InferenceFailed.Kind.DOWN || !gauges.warmth().isAlive(network)) {
            batcher.broke(String.valueOf(why.getMessage()));
            var down = new InferenceFailed(InferenceFailed.Kind.DOWN, String.valueOf(why.getMessage()), why);
            batch.forEach(call -> fail(call, down));
        } else if (batch.size() == 1) {
            fail(batch.get(0), why);
        } else {
            execute(network, batch.subList(0, batch.size() / 2));
            execute(network, batch.subList(batch.size() / 2, batch.size()));
        }
    }

    private void fail(Call call, InferenceFailed why) {
        if (call.fail(why)) {
            gauges.counters().failed(why.kind());
        }
    }

    private static List<Tensor> joined(List<Call> batch) {
        var first = batch.get(0).inputs();
        if (batch.size() == 1) {
            return first;
        }
        var inputs = new ArrayList<Tensor>(first.size());
        for (int i = 0; i < first.size(); i++) {
            var input = i;
            inputs.add(Tensor.joined(
                    batch.stream().map(call -> call.inputs().get(input)).toList()));
        }
        return inputs;
    }

    private void distribute(List<Call> batch, List<Tensor> outputs, long begun) {
        if (batch.size() == 1) {
            answer(batch.get(0), outputs, begun);
            return;
        }
        var total = rows(batch);
        for (var output : outputs) {
            if (output.rows() != total) {
                throw new InferenceFailed(
                        InferenceFailed.Kind.FAULT,
                        "%s answered %d rows for %d".formatted(batcher.name(), output.rows(), total));
            }
        }
        int from = 0;
        for (var call : batch) {
            int first = from;
            int end = from + call.rows();
            answer(call, outputs.stream().map(output -> output.rows(first, end)).toList(), begun);
            from = end;
        }
    }

    /** Counted first, so that a caller who looks at the figures finds its own call there. */
    private void answer(Call call, List<Tensor> outputs, long begun) {
        if (!call.isDone()) {
            gauges.counters().answered(call, begun);
            call.answer(outputs);
        }
    }

    private static int rows(List<Call> batch) {
        int rows = 0;
        for (var call : batch) {
            rows += call.rows();
        }
        return rows;
    }
}
