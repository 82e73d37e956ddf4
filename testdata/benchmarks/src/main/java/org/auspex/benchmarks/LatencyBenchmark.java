package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.auspex.benchmarks.kills.TriedDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * From a stored Observation to its result while Observations keep coming, at half the rate that the server stores at most. Both
 * times are the server's own: when the Observation was stored, and when the result that rests on it was.
 */
@Command(
        name = "latency",
        description = "Stored Observation to stored result under a steady stream, on H2 or PostgreSQL.",
        mixinStandardHelpOptions = true)
final class LatencyBenchmark implements Callable<Integer> {

    private static final int PATIENTS = 100;
    private static final int PAGE = 500;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--database", description = "h2 or postgresql; default ${DEFAULT-VALUE}.")
    private TriedDatabase.Kind database = TriedDatabase.Kind.h2;

    @Option(names = "--minutes", description = "How long the stream lasts; default ${DEFAULT-VALUE}.")
    private double minutes = 5;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var folder = Files.createTempDirectory("auspex-latency");
        try (var tried = TriedDatabase.of(database, folder)) {
            var settings = new ArrayList<>(OneModel.settings(models, "PT0S"));
            settings.add("--spring.datasource.url=" + tried.url());
            settings.add("--spring.datasource.username=" + tried.user());
            settings.add("--spring.datasource.password=");
            try (var server = ServerProcess.start(jar, List.of("-Xmx2g"), settings)) {
                var rest = server.rest();
                var when = Instant.now().minus(Duration.ofMinutes(30));
                for (int patient = 0; patient < PATIENTS; patient++) {
                    rest.post("", Ward.admission(id(patient), when));
                }
                var limit = limit(rest);
                var stored = stream(rest, limit / 2);
                Rest.pause(Duration.ofSeconds(10));
                row(out, limit, stored, results(rest, stored));
            }
        }
        return 0;
    }

    /** Observations that one client stores per second when it stores one after the other, with the workers at work. */
    private static double limit(Rest rest) {
        var begun = System.nanoTime();
        var number = 0;
        while (System.nanoTime() - begun < Duration.ofSeconds(20).toNanos()) {
            store(rest, number++);
        }
        var limit = number / ((System.nanoTime() - begun) / 1e9);
        Rest.pause(Duration.ofSeconds(10));
        return limit;
    }

    /** When each Observation was stored, by its reference with version. */
    private Map<String, Instant> stream(Rest rest, double perSecond) throws InterruptedException {
        var stored = new HashMap<String, Instant>();
        var timer = Executors.newScheduledThreadPool(1);
        var number = new int[1];
        var stream = timer.scheduleAtFixedRate(
                () -> {
                    var observation = store(rest, number[0]++);
                    stored.put("Observation/" + observation.path("id").asText() + "/_history/1", updated(observation));
                },
                0,
                (long) (1e9 / perSecond),
                TimeUnit.NANOSECONDS);
        Rest.pause(Duration.ofMillis((long) (minutes * 60_000)));
        stream.cancel(false);
        timer.shutdown();
        if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The last Observation was not stored within a minute");
        }
        return stored;
    }

    private static JsonNode store(Rest rest, int number) {
        return rest.create("Observation", Ward.pulse(id(number % PATIENTS), Instant.now(), 60 + number % 80));
    }

    /** When the first result that rests on each Observation was stored. */
    private static Map<String, Instant> results(Rest rest, Map<String, Instant> stored) {
        var first = new HashMap<String, Instant>();
        var page = rest.get("RiskAssessment?_count=" + PAGE + "&_elements=basis");
        while (true) {
            for (var entry : page.path("entry")) {
                var risk = entry.path("resource");
                risk.path("basis").findValuesAsText("reference").stream()
                        .filter(stored::containsKey)
                        .forEach(basis ->
                                first.merge(basis, updated(risk), (one, other) -> one.isBefore(other) ? one : other));
            }
            var next = next(page);
            if (next.isEmpty()) {
                return first;
            }
            page = rest.look(next).answer().orElseThrow();
        }
    }

    private static String next(JsonNode page) {
        for (var link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText();
            }
        }
        return "";
    }

    private void row(java.io.PrintWriter out, double limit, Map<String, Instant> stored, Map<String, Instant> results) {
        var timings = new Timings();
        results.forEach((observation, result) -> timings.add(Duration.between(stored.get(observation), result)));
        var table = new Table(
                out,
                "database",
                "stored at most, per second",
                "stored",
                "with a result of their own",
                "p50 ms",
                "p95 ms");
        table.row(
                database,
                "%.0f".formatted(limit),
                stored.size(),
                "%d (%.1f %%)".formatted(results.size(), 100.0 * results.size() / stored.size()),
                "%.0f".formatted(timings.quantile(0.5)),
                "%.0f".formatted(timings.quantile(0.95)));
    }

    private static Instant updated(JsonNode resource) {
        return OffsetDateTime.parse(resource.at("/meta/lastUpdated").asText()).toInstant();
    }

    private static String id(int patient) {
        return "stream-" + patient;
    }
}
