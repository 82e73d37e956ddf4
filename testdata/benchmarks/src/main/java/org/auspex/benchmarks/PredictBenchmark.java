package org.auspex.benchmarks;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a user waits for: the start of the server, {@code $predict}, and a result after an Observation was stored. */
@Command(
        name = "predict",
        description = "Cold start, memory, $predict for one patient and for many, and commit to searchable result.",
        mixinStandardHelpOptions = true)
final class PredictBenchmark implements Callable<Integer> {

    private static final String PREDICT = "Patient/%s/$predict";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--patients", description = "Patients; default ${DEFAULT-VALUE}.")
    private int patients = 100;

    @Option(names = "--rounds", description = "How often each thing is timed, per patient; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--heap", description = "The server's -Xmx; default ${DEFAULT-VALUE}.")
    private String heap = "2g";

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var server = ServerProcess.start(jar, List.of("-Xmx" + heap), List.of())) {
            out.printf(
                    "First answer after %.1f s, with %d MiB resident (-Xmx%s)%n%n",
                    server.start().toMillis() / 1000.0, server.residentMebibytes(), heap);
            measure(server.rest(), out);
            out.printf("%n%d MiB resident at the end%n", server.residentMebibytes());
        }
        return 0;
    }

    private void measure(Rest rest, PrintWriter out) {
        var admitted = Instant.now().minus(Duration.ofHours(2));
        each(patient -> rest.post("", Ward.admission(id(patient), admitted)));
        each(patient -> awaitResults(rest, patient, 1));
        // The JIT compiler's share, so that the first row is not worse than the last for being the first.
        each(patient -> predict(rest, patient, "persist", false));

        var table = new Table(out, "what", "n", "p50 ms", "p95 ms");
        row(table, "`$predict`, persist=false", patient -> predict(rest, patient, "persist", false));
        row(table, "`$predict`, the result stands", patient -> predict(rest, patient, "persist", true));
        row(table, "`$predict`, a new result is written", earlier(rest, admitted));
        arrival(rest, table);
        var all = new Timings();
        for (int round = 0; round < rounds; round++) {
            all.time(() -> each(patient -> predict(rest, patient, "persist", false)));
        }
        row(table, "%d patients one after another, persist=false".formatted(patients), all);
    }

    /** Predictions as of moments in the past, for each of which a pulse of its own is stored beforehand. */
    private IntConsumer earlier(Rest rest, Instant admitted) {
        var asked = new int[patients];
        each(patient -> {
            var pulses = new ArrayList<Object>();
            for (int round = 0; round < rounds; round++) {
                pulses.add(Ward.entry(
                        "POST", "Observation", Ward.pulse(id(patient), moment(admitted, round), 71 + round)));
            }
            rest.post("", Ward.transaction(pulses));
        });
        settle(rest);
        return patient -> predict(
                rest, patient, "asOf", moment(admitted, asked[patient]++).toString());
    }

    private static Instant moment(Instant admitted, int round) {
        return admitted.plusSeconds(60L * (round + 1));
    }

    /** From the answer to a stored pulse, which is after its commit, to the search that finds one result more. */
    private void arrival(Rest rest, Table table) {
        settle(rest);
        var expected = new int[patients];
        each(patient -> expected[patient] = results(rest, patient));
        var timings = new Timings();
        for (int round = 0; round < rounds; round++) {
            each(patient -> {
                var pulse = Ward.pulse(id(patient), Instant.now(), 80 + expected[patient]++);
                rest.post("", Ward.transaction(List.of(Ward.entry("POST", "Observation", pulse))));
                timings.time(() -> awaitResults(rest, patient, expected[patient]));
            });
        }
        row(table, "commit of an Observation to searchable result, debounce 0", timings);
    }

    private void row(Table table, String what, IntConsumer work) {
        var timings = new Timings();
        for (int round = 0; round < rounds; round++) {
            each(patient -> timings.time(() -> work.accept(patient)));
        }
        row(table, what, timings);
    }

    private static void row(Table table, String what, Timings timings) {
        table.row(what, timings.count(), format(timings, 0.5), format(timings, 0.95));
    }

    private void each(IntConsumer work) {
        for (int patient = 0; patient < patients; patient++) {
            work.accept(patient);
        }
    }

    private static void predict(Rest rest, int patient, String name, Object value) {
        var typed = value instanceof Boolean ? "valueBoolean" : "valueDateTime";
        var answer = rest.post(
                PREDICT.formatted(id(patient)),
                Map.of(
                        "resourceType",
                        "Parameters",
                        "parameter",
                        List.of(Map.of("name", "model", "valueString", "news2"), Map.of("name", name, typed, value))));
        if (answer.path("entry").size() < 3) {
            throw new IllegalStateException("No result for " + id(patient));
        }
    }

    /** Waits until no patient's number of results changes any more. */
    private void settle(Rest rest) {
        int before = -1;
        int now = total(rest);
        while (now != before) {
            Rest.pause(Duration.ofSeconds(3));
            before = now;
            now = total(rest);
        }
    }

    private static int total(Rest rest) {
        return rest.get("RiskAssessment?_summary=count").path("total").asInt();
    }

    private static int results(Rest rest, int patient) {
        return rest.get("RiskAssessment?patient=" + id(patient) + "&_summary=count")
                .path("total")
                .asInt();
    }

    private static void awaitResults(Rest rest, int patient, int wanted) {
        var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (results(rest, patient) < wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("No result for %s within a minute".formatted(id(patient)));
            }
        }
    }

    private static String id(int patient) {
        return "bench-" + patient;
    }

    private static String format(Timings timings, double probability) {
        return "%.1f".formatted(timings.quantile(probability));
    }
}
