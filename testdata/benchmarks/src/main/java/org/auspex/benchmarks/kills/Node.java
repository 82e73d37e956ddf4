package org.auspex.benchmarks.kills;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Shadows;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Units;
import org.auspex.worklist.Tasks;
import org.auspex.worklist.WorkSettings;
import org.auspex.worklist.Workers;
import org.auspex.worklist.Worklist;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The small process that is killed. It says {@code ready}, {@code committed ID} and {@code at STAGE}, and does what it is
 * told on its standard input: {@code write FROM TO STAGE [PULSE]}, {@code wait} (until nothing is open).
 */
@Command(name = "node", hidden = true, description = "The process that the others kill.")
final class Node implements Callable<Integer> {

    static final Duration LEASE = Duration.ofSeconds(2);
    static final Duration POLL = Duration.ofMillis(200);
    static final int ATTEMPTS = 5;

    private static final int PATIENTS = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--url", required = true, description = "JDBC URL of the database.")
    @SuppressWarnings("NullAway.Init")
    private String url;

    @Option(names = "--user", required = true, description = "Its user.")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Override
    public Integer call() throws IOException {
        var console = new Console(spec.commandLine().getOut());
        var stops = new Stops(console);
        var database = database();
        var transactions = new DataSourceTransactionManager(database);
        var transaction = new TransactionTemplate(transactions);
        var jdbc = new JdbcTemplate(database);
        var worklist = new Worklist(database, transactions);
        var chart = new Chart(jdbc, transaction, worklist, stops);

        var fhir = FhirContext.forR4Cached();
        var reader = new EvidenceReader(chart, new Paths(fhir), new Units(), new ShippedVocabulary(fhir));
        var models = models(stops, reader, fhir);
        var results = new TrivialResults(jdbc, transaction, stops, Optional.empty());
        var prediction = new Prediction(models, reader, results, Clock.systemUTC());
        var workers = new Workers(
                worklist,
                new WorkSettings(2, 16, POLL, LEASE, ATTEMPTS, Duration.ofMillis(200), Duration.ofHours(1)),
                new Tasks(
                        prediction,
                        reference -> List.of(),
                        new TrivialFailures(jdbc),
                        new NoShadows(),
                        task -> "no model here proposes steps"));
        // What is measured is the recovery of the worklist, not the loading of classes.
        prediction
                .on(Chart.somebody())
                .predict(models.resolve(TrivialModel.NAME), List.of(Chart.SOMEBODY), Instant.now(), Priority.ROUTINE);
        workers.start(models, Clock.systemUTC());
        console.say("ready");
        for (var order = console.order(); order.isPresent(); order = console.order()) {
            obey(order.get().split(" "), console, stops, chart, jdbc);
        }
        return 0;
    }

    private static void obey(String[] order, Console console, Stops stops, Chart chart, JdbcTemplate jdbc) {
        if (order[0].equals("wait")) {
            var begun = System.nanoTime();
            while (open(jdbc)) {
                Stops.pause(Duration.ofMillis(20));
            }
            console.say("settled " + (System.nanoTime() - begun) / 1_000_000);
            return;
        }
        stops.stopAt(Stage.valueOf(order[3]));
        var thread = new Thread(() -> write(order, console, chart), "writer");
        thread.setDaemon(true);
        thread.start();
    }

    private static void write(String[] order, Console console, Chart chart) {
        for (int i = Integer.parseInt(order[1]); i < Integer.parseInt(order[2]); i++) {
            var given = order.length > 4;
            var pulse = given ? Integer.parseInt(order[4]) : 50 + i % 700;
            var patient = given ? "special" + i : "p" + i % PATIENTS;
            var rolledBack = i % 5 == 4;
            try {
                chart.write("o" + i, patient, pulse, rolledBack);
                console.say((rolledBack ? "rolledback o" : "committed o") + i);
            } catch (DataAccessException | TransactionException | IllegalStateException e) {
                // As a client would see an error: it does not know whether the write is there.
                console.say("refused o" + i);
                Stops.pause(Duration.ofMillis(200));
            }
        }
        console.say("written");
    }

    private static boolean open(JdbcTemplate jdbc) {
        try {
            return !jdbc.queryForList("select id from auspex_work where state in ('waiting', 'claimed') limit 1")
                    .isEmpty();
        } catch (DataAccessException e) {
            return true;
        }
    }

    private HikariDataSource database() {
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword("");
        pool.setMaximumPoolSize(8);
        var database = new HikariDataSource(pool);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:org/auspex/worklist/migrations")
                .table("auspex_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
        new JdbcTemplate(database).execute(Chart.TABLES);
        return database;
    }

    private static Models models(Stops stops, EvidenceReader reader, FhirContext fhir) throws IOException {
        var folder = Files.createTempDirectory("auspex-kills");
        new TrivialModel(stops).writeInto(folder);
        var models = new ModelLoader(
                        new CardReader(new Units(), List.of()),
                        new Engines(Duration.ofSeconds(5), 256),
                        reader,
                        fhir,
                        Map.of())
                .loadAll(List.<Path>of(folder));
        if (models.active().isEmpty()) {
            throw new IllegalStateException("The trivial model does not serve: " + models.refused());
        }
        return models;
    }

    /** The trivial model has one version, which is active. */
    private record NoShadows() implements Shadows {

        @Override
        public void keep(Pair pair) {
            throw new IllegalStateException("%s is no shadow".formatted(pair.shadow()));
        }

        @Override
        public void keepFailure(ModelId shadow, Subject subject, String cause, String reason) {
            throw new IllegalStateException("%s is no shadow".formatted(shadow));
        }
    }
}
