package org.auspex.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
    private final Claims claims;
    private final Heartbeat heartbeat;
    private final Map<String, Worker> workers = new ConcurrentHashMap<>();
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
        launch(REVIEWS, Question.Kind.REVIEW, new Reviews(worklist, claims, settings, tasks)::work);
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
        var names = models.active().stream().map(card -> card.id().name()).collect(Collectors.toSet());
        workers.forEach((name, worker) -> {
            if (!name.equals(REVIEWS) && !names.contains(name)) {
                worker.end();
                workers.remove(name);
            }
        });
        names.stream().filter(name -> !workers.containsKey(name)).forEach(name -> {
            var predictions = new Predictions(claims, settings, tasks, models, clock);
            launch(name, Question.Kind.PREDICT, works -> predictions.work(name, works));
        });
    }

    private void launch(String name, Question.Kind kind, Worker.Job job) {
        if (!closed) {
            var worker = new Worker(
                    "auspex-worker-" + (name.isEmpty() ? "reviews" : name),
                    settings.poll(),
                    () -> claims.claim(kind, name),
                    works -> heartbeat.during(works, () -> job.work(works)));
            workers.put(name, worker);
            worker.start();
        }
    }
}
