package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.auspex.kernel.inference.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code $predict} beside a separate process that does the same over FHIR REST, patient by patient in turn. */
@Command(
        name = "peer",
        description =
                "One patient's prediction, read to written, by $predict and by a process of its own over FHIR REST.",
        mixinStandardHelpOptions = true)
final class PeerBenchmark implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--models", description = "The shipped models; default ${DEFAULT-VALUE}.")
    private Path models = Path.of("testdata/models");

    @Option(names = "--patients", description = "Patients; default ${DEFAULT-VALUE}.")
    private int patients = 300;

    @Override
    public Integer call() throws IOException {
        Engines.prepare(Files.createTempDirectory("auspex-benchmark-djl"));
        try (var server = ServerProcess.start(jar, List.of("-Xmx2g"), List.of());
                var peer = new Peer(server.rest(), Bare.open(models.resolve("coronary-disease/1.0.0/model.pt")))) {
            measure(server.rest(), peer);
        }
        return 0;
    }

    private void measure(Rest rest, Peer peer) {
        for (int patient = 0; patient < patients; patient++) {
            rest.post("", ChestPain.record(patient));
        }
        var ours = new Timings();
        var theirs = new Timings();
        // The first third warms up both.
        for (int patient = 0; patient < patients; patient++) {
            var number = patient;
            var count = patient >= patients / 3;
            var answers = new double[2];
            var first = patient % 2;
            for (int turn = 0; turn < 2; turn++) {
                var who = (first + turn) % 2;
                var timings = who == 0 ? ours : theirs;
                Runnable work =
                        () -> answers[who] = who == 0 ? probability(predict(rest, number)) : peer.predict(number);
                if (count) {
                    timings.time(work);
                } else {
                    work.run();
                }
            }
            if (Math.abs(answers[0] - answers[1]) > 0.05) {
                throw new IllegalStateException("Patient %d: %s %% by $predict, %s %% by the peer: no equal work"
                        .formatted(patient, answers[0], answers[1]));
            }
        }
        var table = new Table(spec.commandLine().getOut(), "one patient, read to written", "n", "p50 ms", "p95 ms");
        row(table, "`$predict`", ours);
        row(table, "a process of its own, over FHIR REST", theirs);
        spec.commandLine().getOut().printf("%nRatio of the medians: %.2f%n", theirs.quantile(0.5) / ours.quantile(0.5));
    }

    private static void row(Table table, String what, Timings timings) {
        table.row(
                what,
                timings.count(),
                "%.1f".formatted(timings.quantile(0.5)),
                "%.1f".formatted(timings.quantile(0.95)));
    }

    private static JsonNode predict(Rest rest, int patient) {
        return rest.post(
                "Patient/%s/$predict".formatted(ChestPain.id(patient)),
                Map.of(
                        "resourceType",
                        "Parameters",
                        "parameter",
                        List.of(Map.of("name", "model", "valueString", "coronary-disease"))));
    }

    private static double probability(JsonNode bundle) {
        return bundle.at("/entry/0/resource/prediction/0/probabilityDecimal").asDouble();
    }
}
