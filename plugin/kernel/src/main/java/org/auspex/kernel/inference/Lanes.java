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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of a network, kept at their number. A copy that runs a batch for too long is given up and a fresh one takes
 * its place; a network that is gone is opened again until it works. Native code cannot be stopped from outside, so only
 * one copy may be given up at a time: if the next hangs as well, there is none until one of the two has returned.
 */
final class Lanes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** The first network of a process loads native libraries, which takes seconds. */
    private static final Duration OPENING = Duration.ofMinutes(2);

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int MAY_HANG = 1;

    private final String name;
    private final Supplier<Network> open;
    private final Limits limits;
    private final Queue queue;
    private final Gauges gauges;
    private final List<Lane> working = new CopyOnWriteArrayList<>();
    private final Set<Lane> hanging = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> problem = Optional.empty();
    private boolean opened;
    private boolean closed;

    /** What lanes learn from, and what they tell. */
    record Gauges(Warmth warmth, Pace pace, Counters counters) {}

    Lanes(String name, Supplier<Network> open, Limits limits, Queue queue, Gauges gauges) {
        this.name = name;
        this.open = open;
        this.limits = limits;
        this.queue = queue;
        this.gauges = gauges;
    }

    /**
     * Opens them all.
     *
     * @throws InferenceFailed if one does not open
     */
    void open() {
        for (int i = 0; i < limits.instances(); i++) {
            awaitOpening(add());
        }
        opened = true;
    }

    String name() {
        return name;
    }

    /** Why the network does not serve at present; empty while it does. */
    Optional<String> problem() {
        return problem;
    }

    /** Whether every copy hangs. */
    boolean isEmpty() {
        return working.isEmpty();
    }

    int runningRows() {
        int rows = 0;
        for (var lane : working) {
            rows += lane.runningRows();
        }
        return rows;
    }

    void giveUpWhatHangs() {
        for (var lane : working) {
            if (lane.hangs(limits.patience(), OPENING)) {
                giveUp(lane);
            }
        }
    }

    private synchronized void giveUp(Lane lane) {
        if (!working.remove(lane)) {
            return;
        }
        LOG.error("{} has been running one batch for more than {} and is given up", name, limits.patience());
        hanging.add(lane);
        lane.abandon(new InferenceFailed(
                InferenceFailed.Kind.TIMEOUT, "%s gave no answer within %s".formatted(name, limits.patience())));
        if (hanging.size() <= MAY_HANG) {
            add();
        } else if (working.isEmpty()) {
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
        working.remove(lane);
        if (opened && !closed && working.size() < limits.instances()) {
            why.ifPresent(this::broke);
            add();
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
            working.forEach(Lane::stop);
            queue.end();
            endWaiting(InferenceFailed.Kind.BUSY, "%s is ending".formatted(name));
        }
        try {
            for (var lane : working) {
                lane.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWaiting(InferenceFailed.Kind kind, String why) {
        queue.drain().forEach(call -> {
            if (call.fail(new InferenceFailed(kind, why))) {
                gauges.counters().failed(kind);
            }
        });
    }

    private synchronized CompletableFuture<Void> add() {
        var lane = new Lane(this, queue, open, gauges);
        working.add(lane);
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
