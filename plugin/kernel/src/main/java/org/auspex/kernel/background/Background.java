package org.auspex.kernel.background;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs of one kind in the background of this server, one after another, on one thread. They end with the server: who asks after one
 * that is gone hears that it is unknown, and asks anew.
 *
 * @param <R> what comes of a job
 */
public final class Background<R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** Jobs that are remembered, those that are over included. */
    private static final int REMEMBERED = 100;

    private static final int WAITING = 10;

    private final String kind;
    private final Map<String, BackgroundJob<R>> jobs = new LinkedHashMap<>();
    private final ExecutorService worker;

    /**
     * Begins empty.
     *
     * @param kind in one word, for the thread's name and the log
     * @param priority of the thread, {@link Thread#MIN_PRIORITY} for what takes every core it gets
     */
    public Background(String kind, int priority) {
        this.kind = kind;
        worker = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "auspex-" + kind);
            thread.setDaemon(true);
            thread.setPriority(priority);
            return thread;
        });
    }

    /**
     * Puts work at the end of the queue.
     *
     * @param about what it is about, for the log and for {@link #isOpen}; nothing about a patient
     * @param work whatever {@link RuntimeException} it throws is the job's failure
     * @param expected failures that say what was wrong with the order: their text, which may quote the client, is not logged
     * @throws TooManyJobs if as many wait as may
     */
    public synchronized BackgroundJob<R> begin(String about, Work<R> work, Class<? extends RuntimeException> expected) {
        var open = jobs.values().stream().filter(job -> !job.isOver()).count();
        if (open >= WAITING) {
            throw new TooManyJobs(open);
        }
        var job = new BackgroundJob<R>(UUID.randomUUID().toString(), about);
        jobs.put(job.id(), job);
        forget();
        worker.execute(() -> run(job, work, expected));
        return job;
    }

    /** Whether a job about this waits or goes on. */
    public synchronized boolean isOpen(String about) {
        return jobs.values().stream()
                .anyMatch(job -> !job.isOver() && job.about().equals(about));
    }

    /** Empty if there is none of this id, or it was cancelled. */
    public synchronized Optional<BackgroundJob<R>> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /**
     * Ends a job and forgets it. What it has kept stays.
     *
     * @return false if there is none of this id
     */
    public synchronized boolean cancel(String id) {
        var job = Optional.ofNullable(jobs.remove(id));
        job.ifPresent(BackgroundJob::cancel);
        return job.isPresent();
    }

    @Override
    public synchronized void close() {
        jobs.values().forEach(BackgroundJob::cancel);
        worker.shutdown();
    }

    private void forget() {
        var over = jobs.values().stream().filter(BackgroundJob::isOver).toList();
        over.stream().limit(Math.max(0, jobs.size() - REMEMBERED)).forEach(job -> jobs.remove(job.id()));
    }

    private void run(BackgroundJob<R> job, Work<R> work, Class<? extends RuntimeException> expected) {
        try {
            LOG.info("{} of {} begins", kind, job.about());
            job.run(work);
            LOG.info("{} of {} is done", kind, job.about());
        } catch (CancellationException e) {
            LOG.info("{} of {} was cancelled", kind, job.about());
        } catch (RuntimeException e) {
            // Whoever comes back for it hears of it, and the next is not kept from its turn.
            if (expected.isInstance(e)) {
                LOG.info("{} of {} was refused", kind, job.about());
            } else {
                LOG.warn("{} of {} failed", kind, job.about(), e);
            }
        }
    }
}
