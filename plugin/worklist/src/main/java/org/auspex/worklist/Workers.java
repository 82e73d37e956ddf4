package org.auspex.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.Models;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread per model, so that a model that hangs holds up nothing but itself; and threads of their own for reviews, for
 * shadows, for urgent jobs and for other jobs.
 */
public final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    /** The model name of all that is not asked by a stored resource. */
    private static final String ANY = "";

    /** While one reads, the other writes. */
    private static final int ROUTINE = 2;

    private final Worklist worklist;
    private final WorkSettings settings;
    private final Tasks tasks;
    private final Claims claims;
    private final Heartbeat heartbeat;
    private final Map<String, Worker> ofModels = new ConcurrentHashMap<>();
    private final List<Worker> others = new CopyOnWriteArrayList<>();
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
        var reviews = new Reviews(worklist, claims, settings, tasks);
        var jobs = new JobPredictions(worklist, claims, settings, tasks, models, clock);
        launch("reviews", Question.Kind.REVIEW, reviews::work);
        launch("shadows", Question.Kind.SHADOW, new Shadowing(claims, settings, tasks, models)::work);
        launch("urgent-jobs", Question.Kind.URGENT, jobs::work);
        for (int thread = 1; thread <= ROUTINE; thread++) {
            launch("jobs-" + thread, Question.Kind.ROUTINE, jobs::work);
        }
        follow(models, clock);
        models.onChange(() -> follow(models, clock));
        worklist.onNews(() -> all().forEach(Worker::wake));
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
        all().forEach(Worker::end);
        all().forEach(worker -> worker.await(settings.poll().plusSeconds(5)));
        ofModels.clear();
        others.clear();
        timer.shutdownNow();
    }

    /**
     * The worker of a model that is gone ends after the batch it works on. Its questions wait for the model's return, or
     * until {@link Unserved} gives them up.
     */
    private synchronized void follow(Models models, Clock clock) {
        var names = models.asked().stream()
                .map(ModelCard::id)
                .filter(id -> !models.isShadow(id))
                .map(ModelId::name)
                .collect(Collectors.toSet());
        ofModels.forEach((name, worker) -> {
            if (!names.contains(name)) {
                worker.end();
                ofModels.remove(name);
            }
        });
        var endings = new Endings(claims, tasks.failures());
        names.stream().filter(name -> !ofModels.containsKey(name) && !closed).forEach(name -> {
            var predictions = new Predictions(claims, settings, endings, models, clock);
            var terms = new Predictions.Terms(name, tasks.prediction(), Optional.empty(), Priority.ROUTINE);
            var worker = worker(
                    name, () -> claims.claim(Question.Kind.PREDICT, name), works -> predictions.work(terms, works));
            ofModels.put(name, worker);
            worker.start();
        });
    }

    private void launch(String name, Question.Kind kind, Worker.Job job) {
        if (!closed) {
            var worker = worker(name, () -> claims.claim(kind, ANY), job);
            others.add(worker);
            worker.start();
        }
    }

    private Worker worker(String name, Supplier<List<Work>> claim, Worker.Job job) {
        return new Worker(
                "auspex-worker-" + name,
                settings.poll(),
                claim,
                works -> heartbeat.during(works, () -> job.work(works)));
    }

    private List<Worker> all() {
        return Stream.concat(ofModels.values().stream(), others.stream()).toList();
    }
}
