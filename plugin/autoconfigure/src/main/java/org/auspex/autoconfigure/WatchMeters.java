package org.auspex.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.auspex.kernel.evaluation.PopulationStability;
import org.auspex.kernel.watch.Watched;

/** How versions fare, as metrics that come and go with them. They are of all servers on the database, so each server gives the same. */
final class WatchMeters implements MeterBinder, AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Supplier<List<Watched>> figures;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "auspex-watch-meters");
        thread.setDaemon(true);
        return thread;
    });

    WatchMeters(Supplier<List<Watched>> figures) {
        this.figures = figures;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        var predictions = gauge("auspex.watch.predictions", "Answers and abstentions in the window", registry);
        var abstained = gauge("auspex.watch.abstentions", "Abstentions in the window", registry);
        var high = gauge("auspex.watch.high.risk", "High risks for 100 results of the window", registry);
        var burden = gauge("auspex.watch.high.risk.per.patient.day", "High risks for a patient and day", registry);
        var agreement = gauge("auspex.watch.agreement", "Share of results that people left as they were", registry);
        var diagnoses = gauge(
                "auspex.watch.diagnoses",
                "Patients whom people diagnosed as the version had said, and otherwise",
                registry);
        var missing = gauge("auspex.watch.missing", "Share of rows without the input", registry);
        var stability =
                gauge("auspex.watch.stability", "Population stability index; input=result of what is said", registry);
        timer.scheduleWithFixedDelay(
                () -> {
                    var all = figures.get();
                    predictions.register(rows(all, one -> List.of(row(one, Tags.empty(), one.predictions()))), true);
                    abstained.register(rows(all, one -> List.of(row(one, Tags.empty(), one.abstained()))), true);
                    high.register(
                            rows(
                                    all,
                                    one -> one.highRiskPer100().stream()
                                            .<MultiGauge.Row<?>>map(number -> row(one, Tags.empty(), number))
                                            .toList()),
                            true);
                    burden.register(
                            rows(
                                    all,
                                    one -> one.highRiskPerPatientDay().stream()
                                            .<MultiGauge.Row<?>>map(number -> row(one, Tags.empty(), number))
                                            .toList()),
                            true);
                    agreement.register(
                            rows(
                                    all,
                                    one -> one.confirmed().agreement().stream()
                                            .<MultiGauge.Row<?>>map(number -> row(one, Tags.empty(), number))
                                            .toList()),
                            true);
                    diagnoses.register(rows(all, WatchMeters::diagnoses), true);
                    missing.register(rows(all, WatchMeters::missing), true);
                    stability.register(rows(all, WatchMeters::stability), true);
                },
                0,
                PAUSE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static List<MultiGauge.Row<?>> diagnoses(Watched watched) {
        return List.of(
                row(watched, Tags.of("said", "same"), watched.confirmed().agreeing()),
                row(watched, Tags.of("said", "other"), watched.confirmed().disagreeing()));
    }

    private static List<MultiGauge.Row<?>> missing(Watched watched) {
        return watched.inputs().stream()
                .<MultiGauge.Row<?>>map(input -> row(
                        watched, Tags.of("input", input.name()), (double) input.missing() / Math.max(1, input.rows())))
                .toList();
    }

    private static List<MultiGauge.Row<?>> stability(Watched watched) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        watched.output()
                .map(PopulationStability::index)
                .ifPresent(index -> rows.add(row(watched, Tags.of("input", "result"), index)));
        watched.inputs()
                .forEach(input -> input.stability()
                        .map(PopulationStability::index)
                        .ifPresent(index -> rows.add(row(watched, Tags.of("input", input.name()), index))));
        return rows;
    }

    private static List<MultiGauge.Row<?>> rows(
            List<Watched> all, java.util.function.Function<Watched, List<MultiGauge.Row<?>>> of) {
        return all.stream().flatMap(one -> of.apply(one).stream()).toList();
    }

    private static MultiGauge.Row<?> row(Watched watched, Tags more, double value) {
        return MultiGauge.Row.of(
                Tags.of(
                                "model",
                                watched.model().name(),
                                "version",
                                watched.model().version())
                        .and(more),
                value);
    }
}
