package org.auspex.worklist;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
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
    private static final Post REVIEWS = new Post(Question.Kind.REVIEW, "");

    private final Worklist worklist;
    private final WorkSettings settings;
    private final Tasks tasks;
    private final String owner = UUID.randomUUID().toString();
    private final Map<Post, Worker> workers = new ConcurrentHashMap<>();
    private boolean closed;

    public Workers(Worklist worklist, WorkSettings settings, Tasks tasks) {
        this.worklist = worklist;
        this.settings = settings;
        this.tasks = tasks;
    }

    /** Keeps a worker for every active model from now on. */
    public synchronized void start(Models models, Clock clock) {
        launch(REVIEWS, new Reviews(worklist, settings, tasks, clock)::work);
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
        var posts = models.asked().stream()
                .map(card -> new Post(
                        models.isShadow(card.id()) ? Question.Kind.SHADOW : Question.Kind.PREDICT,
                        card.id().name()))
                .collect(Collectors.toSet());
        workers.forEach((post, worker) -> {
            if (!post.equals(REVIEWS) && !posts.contains(post)) {
                worker.end();
                workers.remove(post);
            }
        });
        posts.stream()
                .filter(post -> !workers.containsKey(post))
                .forEach(post -> launch(post, job(post, models, clock)));
    }

    private Job job(Post post, Models models, Clock clock) {
        if (post.kind() == Question.Kind.SHADOW) {
            return new Shadowing(worklist, settings, tasks, models, clock)::work;
        }
        var predictions = new Predictions(worklist, settings, tasks, models, clock);
        return works -> predictions.work(post.model(), works);
    }

    private void launch(Post post, Job job) {
        if (!closed) {
            var worker = new Worker(post, job);
            workers.put(post, worker);
            worker.start();
        }
    }

    /**
     * What a worker looks after.
     *
     * @param model its name; empty for reviews
     */
    private record Post(Question.Kind kind, String model) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + (model.isEmpty() ? "" : "-" + model);
        }
    }

    /** What a worker does with what it claimed. */
    @FunctionalInterface
    private interface Job {
        void work(List<Work> claimed);
    }

    /** A thread that claims and works until it is ended. */
    private final class Worker extends Thread {

        private final Post post;
        private final Job job;
        private boolean news = true;
        private boolean ended;

        Worker(Post post, Job job) {
            super("auspex-worker-" + post);
            this.post = post;
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
            for (var works = worklist.claim(post.kind(), post.model(), claim);
                    !works.isEmpty() && !isEnded();
                    works = worklist.claim(post.kind(), post.model(), claim)) {
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
