package org.auspex.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread per model, one for reviews and one for shadows, so that a model that hangs holds up nothing but itself. */
public final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private static final Post REVIEWS = new Post(Question.Kind.REVIEW, "");
    private static final Post SHADOWS = new Post(Question.Kind.SHADOW, "");

    private final Worklist worklist;
    private final WorkSettings settings;
    private final Tasks tasks;
    private final Claims claims;
    private final Heartbeat heartbeat;
    private final Map<Post, Worker> workers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, task -> {
        var thread = new Thread(task, "auspex-worklist");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    public Workers(Worklist worklist, WorkSettings settings, Tasks tasks) {
        this.worklist = worklist;
        this.settings = settings;
        this.tasks = tasks;
        this.claims = worklist.claims(settings, UUID.randomUUID().toString());
        this.heartbeat = new Heartbeat(claims, settings.lease());
    }

    /** Keeps a worker for every active model from now on. */
    public synchronized void start(Models models, Clock clock) {
        launch(REVIEWS, new Reviews(worklist, claims, settings, tasks)::work);
        launch(SHADOWS, new Shadowing(claims, settings, tasks, models)::work);
        follow(models, clock);
        models.onChange(() -> follow(models, clock));
        worklist.onNews(() -> workers.values().forEach(Worker::wake));
        again(heartbeat::beat, heartbeat.pause());
        again(
                new Unserved(claims, settings, tasks, models)::look,
                settings.unserved().dividedBy(4));
    }

    private void again(Runnable task, Duration pause) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        LOG.error("The worklist could not be looked after; it is tried again in {}", pause, e);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.values().forEach(Worker::end);
        workers.values().forEach(worker -> worker.await(settings.poll().plusSeconds(5)));
        workers.clear();
        timer.shutdownNow();
    }

    /**
     * The worker of a model that is gone ends after the batch it works on. Its questions wait for the model's return, or
     * until {@link Unserved} gives them up.
     */
    private synchronized void follow(Models models, Clock clock) {
        var posts = models.asked().stream()
                .map(ModelCard::id)
                .filter(id -> !models.isShadow(id))
                .map(id -> new Post(Question.Kind.PREDICT, id.name()))
                .collect(Collectors.toSet());
        workers.forEach((post, worker) -> {
            if (post.kind() == Question.Kind.PREDICT && !posts.contains(post)) {
                worker.end();
                workers.remove(post);
            }
        });
        posts.stream().filter(post -> !workers.containsKey(post)).forEach(post -> {
            var predictions = new Predictions(claims, settings, tasks, models, clock);
            launch(post, works -> predictions.work(post.model(), works));
        });
    }

    private void launch(Post post, Worker.Job job) {
        if (!closed) {
            var worker = new Worker(
                    "auspex-worker-" + post,
                    settings.poll(),
                    () -> claims.claim(post.kind(), post.model()),
                    works -> heartbeat.during(works, () -> job.work(works)));
            workers.put(post, worker);
            worker.start();
        }
    }

    /**
     * What a worker looks after.
     *
     * @param model its name; empty for reviews and shadows
     */
    private record Post(Question.Kind kind, String model) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + (model.isEmpty() ? "" : "-" + model);
        }
    }
}
