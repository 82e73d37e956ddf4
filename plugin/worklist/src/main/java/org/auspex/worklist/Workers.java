package org.auspex.worklist;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.auspex.kernel.Models;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread per model, and one for reviews, so that a model that hangs holds up nothing but itself. */
public final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Worklist worklist;
    private final WorkSettings settings;
    private final Tasks tasks;
    private final String owner = UUID.randomUUID().toString();
    private final List<Worker> workers = new ArrayList<>();

    public Workers(Worklist worklist, WorkSettings settings, Tasks tasks) {
        this.worklist = worklist;
        this.settings = settings;
        this.tasks = tasks;
    }

    /** Starts a worker for every active model. */
    public synchronized void start(Models models, Clock clock) {
        models.active().forEach(card -> {
            var predictions = new Predictions(worklist, settings, tasks, clock);
            launch(Question.Kind.PREDICT, card.id().toString(), predictions::work);
        });
        launch(Question.Kind.REVIEW, "", new Reviews(worklist, settings, tasks, clock)::work);
        worklist.onNews(() -> workers.forEach(Worker::wake));
    }

    @Override
    public synchronized void close() {
        workers.forEach(Worker::end);
        workers.forEach(Worker::await);
        workers.clear();
    }

    private void launch(Question.Kind kind, String model, Job job) {
        var worker = new Worker(kind, model, job);
        workers.add(worker);
        worker.start();
    }

    /** What a worker does with what it claimed. */
    @FunctionalInterface
    private interface Job {
        void work(List<Work> claimed);
    }

    /** A thread that claims and works until it is ended. */
    private final class Worker extends Thread {

        private final Question.Kind kind;
        private final String model;
        private final Job job;
        private boolean news = true;
        private boolean ended;

        Worker(Question.Kind kind, String model, Job job) {
            super("auspex-worker-" + (model.isEmpty() ? "reviews" : model));
            this.kind = kind;
            this.model = model;
            this.job = job;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (awaitNews()) {
                try {
                    drain();
                } catch (RuntimeException e) {
                    // The database may be away for a while: whatever was claimed comes back when its lease ends.
                    LOG.error("{} could not work; it tries again in {}", getName(), settings.poll(), e);
                }
            }
        }

        private void drain() {
            var claim = new Worklist.Claim(owner, settings.batch(), settings.lease());
            for (var works = worklist.claim(kind, model, claim);
                    !works.isEmpty() && !isEnded();
                    works = worklist.claim(kind, model, claim)) {
                job.work(works);
            }
        }

        private synchronized boolean isEnded() {
            return ended;
        }

        private synchronized boolean awaitNews() {
            try {
                if (!news && !ended) {
                    TimeUnit.MILLISECONDS.timedWait(this, settings.poll().toMillis());
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

        void await() {
            try {
                join(settings.poll().toMillis() + 5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
