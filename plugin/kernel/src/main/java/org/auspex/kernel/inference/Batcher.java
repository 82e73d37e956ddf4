package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.auspex.kernel.model.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that many callers use at once. Their calls meet in one tensor batch; a call waits only while all lanes work.
 *
 * <p>What can go wrong stays with whom it concerns: a bad input fails alone; a batch that runs for too long is given up
 * and a fresh copy of the network takes its place; a network that is gone refuses at once, and is opened again until it
 * works. Native code cannot be stopped from outside, so only one copy may be given up at a time: if the next hangs as
 * well, the network refuses at once until one of the two has returned.
 */
final class Batcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    /** The first network of a process loads native libraries, which takes seconds. */
    private static final Duration OPENING = Duration.ofMinutes(2);

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int MAY_HANG = 1;
    /** What is admitted must be done in time, also when batches take longer than they did. */
    private static final double CAUTION = 1.25;

    private static final boolean MANY_PROCESSORS = Runtime.getRuntime().availableProcessors() > 1;

    private final String name;
    private final Supplier<Network> open;
    private final Limits limits;
    private final Pace pace;
    private final Warmth warmth;
    private final Queue queue;
    private final Counters counters = new Counters();
    private final AtomicInteger callers = new AtomicInteger();
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final Set<Lane> hanging = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> problem = Optional.empty();
    private boolean opened;
    private boolean closed;

    /**
     * Opens the network.
     *
     * @throws InferenceFailed if it does not open
     */
    Batcher(String name, Supplier<Network> open, Signature signature, Limits limits) {
        this.name = name;
        this.open = open;
        this.limits = limits;
        this.pace = new Pace(limits.maxBatchSize());
        this.warmth = new Warmth(name, signature, limits.maxBatchSize(), pace);
        this.queue = new Queue(limits, pace);
        for (int i = 0; i < limits.instances(); i++) {
            awaitOpening(addLane());
        }
        opened = true;
    }

    String name() {
        return name;
    }

    Statistics statistics() {
        return counters.snapshot();
    }

    /** Why it does not serve at present; empty while it does. */
    Optional<String> problem() {
        return problem;
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
        giveUpWhatHangs();
        if (problem.isPresent()) {
            throw refused(
                    InferenceFailed.Kind.DOWN,
                    "%s does not serve: %s; it is tried again".formatted(name, problem.get()));
        }
        refuseWithoutLane();
        var rows = queue.rows() + runningRows() + call.rows();
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
            giveUpWhatHangs();
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

    private int runningRows() {
        int rows = 0;
        for (var lane : lanes) {
            rows += lane.runningRows();
        }
        return rows;
    }

    private void giveUpWhatHangs() {
        for (var lane : lanes) {
            if (lane.hangs(limits.patience(), OPENING)) {
                giveUp(lane);
            }
        }
    }

    private synchronized void giveUp(Lane lane) {
        if (!lanes.remove(lane)) {
            return;
        }
        LOG.error("{} has been running one batch for more than {} and is given up", name, limits.patience());
        hanging.add(lane);
        lane.abandon(tooLate(limits.patience()));
        if (hanging.size() <= MAY_HANG) {
            addLane();
        } else if (lanes.isEmpty()) {
            endWaiting(InferenceFailed.Kind.BUSY, "%s hung while this call waited for it".formatted(name));
        }
    }

    /**
     * A lane's thread has ended.
     *
     * @param why it ended by itself; empty if it was stopped
     */
    synchronized void ended(Lane lane, Optional<String> why) {
        hanging.remove(lane);
        lanes.remove(lane);
        if (opened && !closed && lanes.size() < limits.instances()) {
            why.ifPresent(this::broke);
            addLane();
        }
    }

    /** The network is gone, for whatever input. */
    void broke(String why) {
        if (problem.isEmpty()) {
            LOG.error("{} no longer serves: {}", name, why);
        }
        problem = Optional.of(why);
        endWaiting(InferenceFailed.Kind.DOWN, why);
    }

    void healed() {
        LOG.info("{} serves again", name);
        problem = Optional.empty();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            lanes.forEach(Lane::stop);
            queue.end();
            endWaiting(InferenceFailed.Kind.BUSY, "%s is ending".formatted(name));
        }
        try {
            for (var lane : lanes) {
                lane.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWaiting(InferenceFailed.Kind kind, String why) {
        queue.drain().forEach(call -> {
            if (call.fail(new InferenceFailed(kind, why))) {
                counters.failed(kind);
            }
        });
    }

    private synchronized CompletableFuture<Void> addLane() {
        var lane = new Lane(this, queue, open, new Lane.Gauges(warmth, pace, counters));
        lanes.add(lane);
        return lane.start();
    }

    private void awaitOpening(CompletableFuture<Void> opening) {
        try {
            opening.get(OPENING.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof InferenceFailed failed
                    ? failed
                    : new InferenceFailed(InferenceFailed.Kind.FAULT, "%s cannot be opened".formatted(name), e);
        } catch (TimeoutException e) {
            close();
            throw new InferenceFailed(
                    InferenceFailed.Kind.TIMEOUT, "%s was not open after %s".formatted(name, OPENING), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new InferenceFailed(InferenceFailed.Kind.BUSY, "%s was interrupted".formatted(name), e);
        }
    }
}
