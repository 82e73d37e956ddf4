package org.auspex.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.auspex.benchmarks.kills.TriedDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * From a stored Observation to its result while Observations keep coming, at half the rate that the server stores at most.
 */
@Command(
        name = "latency",
        description = "Stored Observation to stored result under a steady stream, on H2 or PostgreSQL.",
        mixinStandardHelpOptions = true)
final class LatencyBenchmark implements Callable<Integer> {

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

    @Mixin
    private final Settling settling = new Settling();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var folder = Files.createTempDirectory("auspex-latency");
        try (var tried = TriedDatabase.of(database, folder)) {
            var settings = new ArrayList<>(ModelFolder.settings(ModelFolder.news2(models, "PT0S")));
            settings.addAll(tried.settings());
            try (var server = ServerProcess.start(jar, List.of("-Xmx2g"), settings)) {
                var stream = new PulseStream(server.rest());
                settling.await();
                stream.admit();
                var limit = limit(stream);
                stream.during(limit / 2, () -> Rest.pause(Duration.ofMillis((long) (minutes * 60_000))));
                Rest.pause(Duration.ofSeconds(10));
                row(out, limit, stream);
            }
        }
        return 0;
    }

    /** Observations that one client stores per second when it stores one after the other, with the workers at work. */
    private static double limit(PulseStream stream) {
        var begun = System.nanoTime();
        var number = 0;
        while (System.nanoTime() - begun < Duration.ofSeconds(20).toNanos()) {
            stream.store();
            number++;
        }
        var limit = number / ((System.nanoTime() - begun) / 1e9);
        Rest.pause(Duration.ofSeconds(10));
        return limit;
    }

    private void row(PrintWriter out, double limit, PulseStream stream) {
        var timings = stream.answered();
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
                stream.stored(),
                "%d (%.1f %%)".formatted(timings.count(), 100.0 * timings.count() / stream.stored()),
                "%.0f".formatted(timings.quantile(0.5)),
                "%.0f".formatted(timings.quantile(0.95)));
    }
}
