package org.auspex.kernel.appraisal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appraisals in the background of this server, one after another, on one thread. They end with the server: who asks after one that is
 * gone hears that it is unknown, and asks anew.
 *
 * @param <R> what an appraisal is kept as
 */
public final class Appraisals<R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Appraisals.class);

    /** Jobs that are remembered, those that are over included. */
    private static final int REMEMBERED = 100;

    private static final int WAITING = 10;

    private final CohortAppraisal appraisal;
    private final Map<String, AppraisalJob<R>> jobs = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "auspex-appraisal");
        thread.setDaemon(true);
        return thread;
    });

    public Appraisals(CohortAppraisal appraisal) {
        this.appraisal = appraisal;
    }

    /**
     * Takes an order.
     *
     * @param keep what is done with the appraisal before anybody hears of it
     * @throws AppraisalRefused if too many wait
     */
    public synchronized AppraisalJob<R> begin(AppraisalOrder order, Function<Appraisal, R> keep) {
        var open = jobs.values().stream().filter(job -> !job.isOver()).count();
        if (open >= WAITING) {
            throw new AppraisalRefused("%d evaluations wait already; come back later".formatted(open));
        }
        var job = new AppraisalJob<R>(UUID.randomUUID().toString());
        jobs.put(job.id(), job);
        forget();
        worker.execute(() -> run(job, order, keep));
        return job;
    }

    /** Empty if there is none of this id, or it was cancelled. */
    public synchronized Optional<AppraisalJob<R>> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /**
     * Ends a job and forgets it. What it has kept stays.
     *
     * @return false if there is none of this id
     */
    public synchronized boolean cancel(String id) {
        var job = Optional.ofNullable(jobs.remove(id));
        job.ifPresent(AppraisalJob::cancel);
        return job.isPresent();
    }

    @Override
    public synchronized void close() {
        jobs.values().forEach(AppraisalJob::cancel);
        worker.shutdown();
    }

    private void forget() {
        var over = jobs.values().stream().filter(AppraisalJob::isOver).toList();
        over.stream().limit(Math.max(0, jobs.size() - REMEMBERED)).forEach(job -> jobs.remove(job.id()));
    }

    private void run(AppraisalJob<R> job, AppraisalOrder order, Function<Appraisal, R> keep) {
        var model = order.card().id();
        try {
            job.succeeded(keep.apply(appraisal.run(order, job::at)));
            LOG.info("{} was judged on {} subjects", model, order.subjects().size());
        } catch (CancellationException e) {
            LOG.info("{} is not judged: it was cancelled", model);
            job.cancel();
        } catch (AppraisalRefused e) {
            // The reason may hold a client's search and values of a record, which do not belong in a log.
            LOG.info("{} is not judged: it was refused", model);
            job.failed(e);
        } catch (RuntimeException e) {
            // Whoever comes back for it hears of it, and the next order is not kept from its turn.
            LOG.warn("{} could not be judged", model, e);
            job.failed(e);
        }
    }
}
