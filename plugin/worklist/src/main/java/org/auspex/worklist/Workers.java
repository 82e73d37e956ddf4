package org.auspex.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auspex.kernel.Models;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads of its own for each model, so that a model that hangs holds up nothing but itself; and others for reviews, for
 * shadows, for urgent jobs and for other jobs.
 */
public final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Worklist worklist;
    private final WorkSettings settings;
    private final Tasks tasks;
    private final Claims claims;
    private final Heartbeat heartbeat;
    private final Map<Line, List<Worker>> workers = new ConcurrentHashMap<>();
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
        launch(Line.ofAll(Question.Kind.REVIEW), 1, reviews::work);
        launch(Line.ofAll(Question.Kind.DUE), 1, new Reminders(claims, settings, tasks)::work);
        launch(Line.ofAll(Question.Kind.SHADOW), 1, new Shadowing(claims, settings, tasks, models)::work);
        launch(Line.ofAll(Question.Kind.URGENT), 1, jobs::work);
        launch(Line.ofAll(Question.Kind.ROUTINE), settings.threads(), jobs::work);
        follow(models, clock);
        models.onChange(() -> follow(models, clock));
        worklist.onNews(this::wake);
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
        workers.clear();
        timer.shutdownNow();
    }

    /**
     * The workers of a model that is gone end after the batch they work on. Its questions wait for the model's return, or
     * until {@link Unserved} gives them up.
     */
    private synchronized void follow(Models models, Clock clock) {
        var lines = models.asked().stream()
                .map(ModelCard::id)
                .filter(id -> !models.isShadow(id))
                .map(id -> new Line(Question.Kind.PREDICT, id.name()))
                .collect(Collectors.toSet());
        workers.forEach((line, gone) -> {
            if (line.kind() == Question.Kind.PREDICT && !lines.contains(line)) {
                gone.forEach(Worker::end);
                workers.remove(line);
            }
        });
        var endings = new Endings(claims, tasks.failures());
        lines.stream().filter(line -> !workers.containsKey(line)).forEach(line -> {
            var predictions = new Predictions(claims, settings, endings, models, clock);
            var terms = new Predictions.Terms(line.modelName(), tasks.prediction(), Optional.empty(), Priority.ROUTINE);
            launch(line, settings.threads(), works -> predictions.work(terms, works));
        });
    }

    private void launch(Line line, int threads, Worker.Job job) {
        if (closed) {
            return;
        }
        var launched = IntStream.rangeClosed(1, threads)
                .mapToObj(thread -> new Worker(
                        "auspex-worker-%s-%d".formatted(line, thread),
                        settings.poll(),
                        () -> claims.claim(line.kind(), line.modelName()),
                        works -> heartbeat.during(works, () -> job.work(works))))
                .toList();
        workers.put(line, launched);
        launched.forEach(Worker::start);
    }

    private void wake(Set<Line> lines) {
        var woken = lines.isEmpty() ? workers.keySet() : lines;
        woken.forEach(line -> workers.getOrDefault(line, List.of()).forEach(Worker::wake));
    }

    private List<Worker> all() {
        return workers.values().stream().flatMap(List::stream).toList();
    }
}
