package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.auspex.kernel.model.Signature;

/**
 * A network that many callers use at once. Their calls meet in one tensor batch; a call waits only while all lanes work.
 * What can go wrong stays with whom it concerns: a bad input fails alone, what cannot be done in time is refused at once.
 */
final class Batcher implements AutoCloseable {

    /** What is admitted must be done in time, also when batches take longer than they did. */
    private static final double CAUTION = 1.25;

    private static final boolean MANY_PROCESSORS = Runtime.getRuntime().availableProcessors() > 1;

    private final String name;
    private final Limits limits;
    private final Pace pace;
    private final Queue queue;
    private final Lanes lanes;
    private final Counters counters = new Counters();
    private final AtomicInteger callers = new AtomicInteger();

    /**
     * Opens the network.
     *
     * @throws InferenceFailed if it does not open
     */
    Batcher(String name, Supplier<Network> open, Signature signature, Limits limits) {
        this.name = name;
        this.limits = limits;
        this.pace = new Pace(limits.maxBatchSize());
        this.queue = new Queue(limits, pace);
        var warmth = new Warmth(name, signature, limits.maxBatchSize(), pace);
        this.lanes = new Lanes(name, open, limits, queue, new Lanes.Gauges(warmth, pace, counters));
        lanes.open();
    }

    Statistics statistics() {
        return counters.snapshot();
    }

    /** Why it does not serve at present; empty while it does. */
    Optional<String> problem() {
        return lanes.problem();
    }

    /** Calls that wait. */
    int waiting() {
        return queue.size();
    }

    /** Rows that one call may have. */
    int maxRows() {
        return limits.maxBatchSize();
    }

    /**
     * Computes, as soon as a lane is free.
     *
     * @throws InferenceFailed if there is no answer, and why
     */
    List<Tensor> run(List<Tensor> inputs, Priority priority) {
        return run(inputs, priority, limits.timeout());
    }

    /**
     * The same within a deadline of the caller's own.
     *
     * @throws InferenceFailed if there is no answer, and why
     */
    List<Tensor> run(List<Tensor> inputs, Priority priority, Duration timeout) {
        var call = new Call(inputs, priority, timeout);
        var alone = callers.incrementAndGet() == 1 && MANY_PROCESSORS;
        try {
            admit(call, timeout);
            if (alone) {
                call.lookOut(pace.nanos(call.rows()));
            }
            await(call, timeout);
            return call.outcome();
        } catch (InterruptedException e) {
            queue.remove(call);
            Thread.currentThread().interrupt();
            throw refused(InferenceFailed.Kind.BUSY, "%s was interrupted".formatted(name));
        } finally {
            callers.decrementAndGet();
        }
    }

    private void admit(Call call, Duration timeout) {
        lanes.giveUpWhatHangs();
        var problem = lanes.problem();
        if (problem.isPresent()) {
            throw refused(
                    InferenceFailed.Kind.DOWN,
                    "%s does not serve: %s; it is tried again".formatted(name, problem.get()));
        }
        refuseWithoutLane();
        var rows = queue.rows() + lanes.runningRows() + call.rows();
        var wait = Duration.ofNanos((long) (CAUTION * pace.nanos(rows) / limits.instances()));
        if (wait.compareTo(timeout) > 0) {
            throw refused(
                    InferenceFailed.Kind.BUSY,
                    "%s has work for %s, longer than this call may take".formatted(name, wait));
        }
        if (!queue.offer(call)) {
            throw refused(
                    InferenceFailed.Kind.BUSY,
                    "%s already has %d calls waiting".formatted(name, limits.maxQueueSize()));
        }
        if (lanes.isEmpty()) {
            queue.remove(call);
            refuseWithoutLane();
        }
    }

    private void refuseWithoutLane() {
        if (lanes.isEmpty()) {
            throw refused(
                    InferenceFailed.Kind.BUSY,
                    "%s hung twice and has not returned; it serves again when it does, or replace its folder"
                            .formatted(name));
        }
    }

    private void await(Call call, Duration timeout) throws InterruptedException {
        var check = Math.max(1, limits.patience().toNanos() / 4);
        while (!call.await(earlier(call.deadline(), System.nanoTime() + check))) {
            lanes.giveUpWhatHangs();
            if (call.isExpired(System.nanoTime())) {
                queue.remove(call);
                if (call.fail(tooLate(timeout))) {
                    counters.failed(InferenceFailed.Kind.TIMEOUT);
                }
            }
        }
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private InferenceFailed tooLate(Duration timeout) {
        return new InferenceFailed(
                InferenceFailed.Kind.TIMEOUT, "%s gave no answer within %s".formatted(name, timeout));
    }

    private InferenceFailed refused(InferenceFailed.Kind kind, String message) {
        counters.failed(kind);
        return new InferenceFailed(kind, message);
    }

    @Override
    public void close() {
        lanes.close();
    }
}
