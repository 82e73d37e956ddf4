package org.auspex.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.auspex.benchmarks.kills.TriedDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Two servers on one PostgreSQL beside one, with the same cohort of patients and a stream of Observations meanwhile; and one of two
 * that is killed when half of a cohort is answered. Whatever is asked is answered once.
 */
@Command(
        name = "nodes",
        description = "Two servers on one PostgreSQL beside one, and one of two killed in the middle of a cohort.",
        mixinStandardHelpOptions = true)
final class NodesBenchmark implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--patients", description = "Patients of each cohort; default ${DEFAULT-VALUE}.")
    private int patients = 1_000;

    @Option(names = "--per-second", description = "Observations meanwhile; default ${DEFAULT-VALUE}.")
    private double perSecond = 2;

    @Mixin
    private final Settling settling = new Settling();

    private int loaded;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var database = TriedDatabase.of(TriedDatabase.Kind.postgresql, Files.createTempDirectory("auspex-nodes"));
                var first = start(database)) {
            var rest = first.rest();
            settling.await();
            var stream = new PulseStream(rest);
            stream.admit();
            next(200, rest).ask(rest, true, () -> {});
            var table = new Table(
                    out,
                    "servers",
                    "patients",
                    "patients/s",
                    "answered by each",
                    "results twice",
                    "Observations meanwhile",
                    "with a result",
                    "p50 ms",
                    "p95 ms");
            row(table, "one", stream, database.look(), next(patients, rest), rest, () -> {});
            try (var second = start(database)) {
                next(200, rest).ask(rest, true, () -> {});
                row(table, "two", stream, database.look(), next(patients, rest), rest, () -> {});
                row(
                        table,
                        "two, one killed half-way",
                        stream,
                        database.look(),
                        next(patients, rest),
                        rest,
                        second::kill);
            }
        }
        return 0;
    }

    private ServerProcess start(TriedDatabase database) throws IOException {
        var both = ModelFolder.with(ModelFolder.news2(models, "PT0S"), models, "coronary-disease");
        var settings = new ArrayList<>(ModelFolder.settings(both));
        settings.addAll(database.settings());
        settings.add("--auspex.worklist.lease=PT10S");
        return ServerProcess.start(jar, List.of("-Xmx1500m"), settings);
    }

    private Cohort next(int size, Rest rest) {
        var cohort = new Cohort(loaded, size);
        loaded += size;
        cohort.load(rest);
        return cohort;
    }

    private void row(
            Table table,
            String servers,
            PulseStream stream,
            JdbcTemplate tables,
            Cohort cohort,
            Rest rest,
            Runnable halfWay) {
        stream.forget();
        var last = Objects.requireNonNull(tables.queryForObject("select max(id) from auspex_work", Long.class));
        var run = new AtomicReference<Cohort.Run>();
        stream.during(perSecond, () -> run.set(cohort.ask(rest, true, once(cohort, tables, last, halfWay))));
        var answered = Objects.requireNonNull(run.get());
        if (answered.count("done") != cohort.size()) {
            throw new IllegalStateException(
                    "Of %d patients %d were answered".formatted(cohort.size(), answered.count("done")));
        }
        awaitEnd(tables);
        var timings = stream.answered();
        table.row(
                servers,
                cohort.size(),
                "%.0f".formatted(answered.perSecond(cohort.size())),
                shares(tables, last),
                twice(tables),
                stream.stored(),
                timings.count(),
                "%.0f".formatted(timings.quantile(0.5)),
                "%.0f".formatted(timings.quantile(0.95)));
    }

    /** Does it once, as soon as half of a cohort is answered. */
    private static Runnable once(Cohort cohort, JdbcTemplate tables, long last, Runnable what) {
        var open = new AtomicBoolean(true);
        return () -> {
            if (done(tables, last) >= cohort.size() / 2 && open.getAndSet(false)) {
                what.run();
            }
        };
    }

    private static int done(JdbcTemplate tables, long last) {
        return Objects.requireNonNull(tables.queryForObject(
                "select count(*) from auspex_work where kind = 'ROUTINE' and state = 'done' and id > ?",
                Integer.class,
                last));
    }

    /** Until nothing is asked any more. */
    private static void awaitEnd(JdbcTemplate tables) {
        while (Objects.requireNonNull(tables.queryForObject(
                        "select count(*) from auspex_work where state in ('waiting', 'claimed')", Integer.class))
                > 0) {
            Rest.pause(java.time.Duration.ofMillis(100));
        }
    }

    /** How many of the cohort each server answered, those of the most first. */
    private static String shares(JdbcTemplate tables, long last) {
        return tables
                .queryForList(
                        "select count(*) from auspex_work where kind = 'ROUTINE' and state = 'done' and id > ?"
                                + " group by owner order by 1 desc",
                        Long.class,
                        last)
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" + "));
    }

    /** RiskAssessments of the network beyond the one that each patient of a cohort may have. */
    private int twice(JdbcTemplate tables) {
        return Objects.requireNonNull(tables.queryForObject("""
                        select coalesce(sum(number - 1), 0) from (
                            select count(*) as number from auspex_result where model_name = 'coronary-disease'
                            group by subject having count(*) > 1) more
                        """, Integer.class));
    }
}
