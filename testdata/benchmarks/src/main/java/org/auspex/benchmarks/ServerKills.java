package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.auspex.benchmarks.kills.Trial;
import org.auspex.benchmarks.kills.TriedDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills the server as its users run it while a ward is admitted, and counts by FHIR search and SQL. */
@Command(
        name = "server",
        description = "kill -9 of the whole server, at random moments while patients are admitted.",
        mixinStandardHelpOptions = true)
final class ServerKills extends Trial {

    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CURRENT = "https://auspex-fhir.org/fhir/CodeSystem/state%7Ccurrent";

    @Option(names = "--jar", description = "The server; default ${DEFAULT-VALUE}.")
    private Path jar = Path.of("plugin/server/target/auspex-server.jar");

    @Option(names = "--database", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private TriedDatabase.Kind kind = TriedDatabase.Kind.h2;

    @Option(names = "--kills", description = "How many; default ${DEFAULT-VALUE}.")
    private int kills = 20;

    @Option(names = "--seed", description = "Of the moments of the kills; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    private final List<String> admitted = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private final Timings recoveries = new Timings();

    @Override
    protected void run() {
        var random = new Random(seed);
        try (var database = TriedDatabase.of(kind, folder())) {
            for (int kill = 0; kill < kills; kill++) {
                var server = start(database);
                recover(server.rest());
                var number = kill;
                var admissions = new Thread(() -> admit(server.rest(), number), "admissions");
                admissions.start();
                Rest.pause(Duration.ofMillis(200 + random.nextInt(2500)));
                server.kill();
                join(admissions);
            }
            var last = start(database);
            recover(last.rest());
            conclude(last, database);
        }
    }

    private ServerProcess start(TriedDatabase database) {
        return ServerProcess.start(
                jar,
                List.of("-Xmx1g"),
                folder(),
                List.of(
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.user(),
                        "--auspex.worklist.lease=" + LEASE));
    }

    /** One patient after another, until the server is gone; what was not acknowledged may be there or not. */
    private void admit(Rest rest, int kill) {
        for (int patient = 0; ; patient++) {
            var id = "k%d-%d".formatted(kill, patient);
            try {
                rest.post("", Ward.admission(id, Instant.now().minusSeconds(60)));
            } catch (UncheckedIOException e) {
                return;
            }
            admitted.add(id);
            unanswered.add(id);
        }
    }

    /** Waits until whoever was admitted has a result. */
    private void recover(Rest rest) {
        var begun = System.nanoTime();
        while (!unanswered.isEmpty()) {
            unanswered.removeIf(patient -> current(rest, patient) == 1);
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("No result after %s about %s".formatted(PATIENCE, unanswered));
            }
        }
        recoveries.add(Duration.ofNanos(System.nanoTime() - begun));
    }

    private static int current(Rest rest, String patient) {
        return count(rest.get("RiskAssessment?_summary=count&_tag=%s&subject=Patient/%s".formatted(CURRENT, patient)));
    }

    private static int count(JsonNode bundle) {
        return bundle.path("total").asInt(-1);
    }

    private void conclude(ServerProcess server, TriedDatabase database) {
        var rest = server.rest();
        for (var patient : admitted) {
            require(patient + " has one newest result", current(rest, patient), 1);
        }
        var risks = count(rest.get("RiskAssessment?_summary=count"));
        var observations = count(rest.get("Observation?_summary=count"));
        server.kill();
        var tables = database.look();
        require("questions open", count(tables, "auspex_work where state in ('waiting', 'claimed')"), 0);
        require("RiskAssessments without a row", risks, count(tables, "auspex_result"));
        require("results half written", count(tables, "auspex_result where result is null"), 0);
        require(
                "Observations without a question",
                observations - count(tables, "auspex_result where parts <> ''"),
                count(tables, "(select distinct cause from auspex_work where model_name = 'news2') asked"));
        require("answers without a result", count(tables, """
                auspex_work w where w.state = 'done' and w.kind = 'PREDICT' and not exists (
                    select 1 from auspex_result r where w.result = r.result)
                """), 0);
        require("results that answer nothing", count(tables, """
                auspex_result r where not exists (
                    select 1 from auspex_work w where w.result = r.result)
                """), 0);
        say(
                "%s, %d kills of the server: %d patients admitted, %d Observations, %d results, all as promised. From the first answer after a restart to the last missing result: p50 %.0f ms, slowest %.0f ms (lease %s)",
                kind,
                kills,
                admitted.size(),
                observations,
                risks,
                recoveries.quantile(0.5),
                recoveries.quantile(1),
                LEASE);
    }

    private static int count(JdbcTemplate tables, String what) {
        return Objects.requireNonNull(tables.queryForObject("select count(*) from " + what, Integer.class));
    }

    private static void require(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalStateException("The promise is broken: %s: %d, not %d".formatted(what, found, expected));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
