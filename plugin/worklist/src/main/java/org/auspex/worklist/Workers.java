package org.auspex.worklist;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.auspex.kernel.Models;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread per model, and one for reviews, so that a model that hangs holds up nothing but itself. */
public final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    /** The model name of reviews. */
    private static final String REVIEWS = "";

    private final Worklist worklist;
    private final WorkSettings settings;
    private final Tasks tasks;
    private final String owner = UUID.randomUUID().toString();
    private final Map<String, Worker> workers = new ConcurrentHashMap<>();
    private boolean closed;

    public Workers(Worklist worklist, WorkSettings settings, Tasks tasks) {
        this.worklist = worklist;
        this.settings = settings;
        this.tasks = tasks;
    }

    /** Keeps a worker for every active model from now on. */
    public synchronized void start(Models models, Clock clock) {
        launch(REVIEWS, Question.Kind.REVIEW, new Reviews(worklist, settings, tasks, clock)::work);
        follow(models, clock);
        models.onChange(() -> follow(models, clock));
        worklist.onNews(() -> workers.values().forEach(Worker::wake));
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.values().forEach(Worker::end);
        workers.values().forEach(Worker::await);
        workers.clear();
    }

    /** The worker of a model that is gone ends after the batch it works on; its questions wait for the model's return. */
    private synchronized void follow(Models models, Clock clock) {
        var names = models.active().stream().map(card -> card.id().name()).collect(Collectors.toSet());
        workers.forEach((name, worker) -> {
            if (!name.equals(REVIEWS) && !names.contains(name)) {
                worker.end();
                workers.remove(name);
            }
        });
        names.stream().filter(name -> !workers.containsKey(name)).forEach(name -> {
            var predictions = new Predictions(worklist, settings, tasks, models, clock);
            launch(name, Question.Kind.PREDICT, works -> predictions.work(name, works));
        });
    }

    private void launch(String name, Question.Kind kind, Job job) {
        if (!closed) {
            var worker = new Worker(kind, name, job);
            workers.put(name, worker);
            worker.start();
        }
    }

    /** What a worker does with what it claimed. */
    @FunctionalInterface
    private interface Job {
        void work(List<Work> claimed);
    }

    /** A thread that claims and works until it is ended. */
    private final class Worker extends Thread {

        private final Question.Kind kind;
        private final String name;
        private final Job job;
        private boolean news = true;
        private boolean ended;

        Worker(Question.Kind kind, String name, Job job) {
            super("auspex-worker-" + (name.isEmpty() ? "reviews" : name));
            this.kind = kind;
            this.name = name;
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
            for (var works = worklist.claim(kind, name, claim);
                    !works.isEmpty() && !isEnded();
                    works = worklist.claim(kind, name, claim)) {
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
