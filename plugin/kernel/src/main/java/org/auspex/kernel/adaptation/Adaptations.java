package org.auspex.kernel.adaptation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adaptations in the background of this server, one after another, on one thread. They end with the server: who
 * asks after one that is gone hears that it is unknown, and asks anew.
 */
public final class Adaptations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Adaptations.class);

    /** Jobs that are remembered, those that are over included. */
    private static final int REMEMBERED = 100;

    private static final int WAITING = 10;

    private final Adaptation adaptation;
    private final Map<String, AdaptationJob> jobs = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "auspex-adaptation");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    public Adaptations(Adaptation adaptation) {
        this.adaptation = adaptation;
    }

    /**
     * Takes an order.
     *
     * @param done hears of the result before anybody else does
     * @throws AdaptationRefused if it cannot begin, or too many wait
     */
    public synchronized AdaptationJob begin(AdaptationOrder order, Consumer<Adapted> done) {
        adaptation.check(order);
        var open = jobs.values().stream().filter(job -> !job.isOver()).toList();
        if (open.size() >= WAITING) {
            throw new AdaptationRefused("%d adaptations wait already; come back later".formatted(open.size()));
        }
        if (open.stream().anyMatch(job -> job.order().candidate().equals(order.candidate()))) {
            throw new AdaptationRefused(
                    "%s is being made already; give the candidate another version".formatted(order.candidate()));
        }
        var job = new AdaptationJob(UUID.randomUUID().toString(), order);
        jobs.put(job.id(), job);
        forget();
        worker.execute(() -> run(job, done));
        return job;
    }

    /** Empty if there is none of this id, or it was cancelled. */
    public synchronized Optional<AdaptationJob> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /**
     * Ends a job and forgets it. A candidate that is there stays.
     *
     * @return false if there is none of this id
     */
    public synchronized boolean cancel(String id) {
        var job = Optional.ofNullable(jobs.remove(id));
        job.ifPresent(AdaptationJob::cancel);
        return job.isPresent();
    }

    @Override
    public synchronized void close() {
        jobs.values().forEach(AdaptationJob::cancel);
        worker.shutdown();
    }

    private void forget() {
        var over = jobs.values().stream().filter(AdaptationJob::isOver).toList();
        over.stream().limit(Math.max(0, jobs.size() - REMEMBERED)).forEach(job -> jobs.remove(job.id()));
    }

    private void run(AdaptationJob job, Consumer<Adapted> done) {
        var candidate = job.order().candidate();
        try {
            job.at("reading", 0, job.order().cases().size());
            LOG.info(
                    "{} is being made from {} images",
                    candidate,
                    job.order().cases().size());
            var adapted = adaptation.run(job.order(), job::at);
            done.accept(adapted);
            job.succeeded(adapted);
            LOG.info("{} serves as a shadow", candidate);
        } catch (CancellationException e) {
            LOG.info("{} is not made: it was cancelled", candidate);
            job.cancel();
        } catch (RuntimeException e) {
            // Whoever comes back for it hears of it, and the next order is not kept from its turn.
            LOG.warn("{} could not be made", candidate, e);
            job.failed(e);
        }
    }
}
