package org.auspex.worklist;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that claims and works until it is ended. */
final class Worker extends Thread {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Duration poll;
    private final Supplier<List<Work>> claim;
    private final Job job;
    private boolean news = true;
    private boolean ended;

    /** What a worker does with what it claimed. */
    @FunctionalInterface
    interface Job {
        void work(List<Work> claimed);
    }

    Worker(String name, Duration poll, Supplier<List<Work>> claim, Job job) {
        super(name);
        this.poll = poll;
        this.claim = claim;
        this.job = job;
        setDaemon(true);
    }

    @Override
    public void run() {
        while (awaitNews()) {
            try {
                drain();
            } catch (RuntimeException | Error e) {
                // The database may be away for a while: whatever was claimed comes back when its lease ends.
                LOG.error("{} could not work; it tries again in {}", getName(), poll, e);
            }
        }
    }

    private void drain() {
        for (var works = claim.get(); !works.isEmpty(); works = isEnded() ? List.of() : claim.get()) {
            job.work(works);
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized boolean awaitNews() {
        try {
            if (!news && !ended) {
                TimeUnit.MILLISECONDS.timedWait(this, poll.toMillis());
            }
        } catch (InterruptedException e) {
            ended = true;
        }
        news = false;
        return !ended;
    }

    synchronized void wake() {
        news = true;
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    void await(Duration patience) {
        try {
            join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
