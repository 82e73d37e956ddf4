package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Steps whose time comes while no server runs, and while two do on one database: each is shown as overdue once. */
class StepsOfServersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long after the first troponin the second is overdue, by the card of the pathway. */
    private static final Duration OVERDUE = Duration.ofMinutes(70);

    @Test
    void aStepThatFellDueWhileTheServerWasStoppedIsOverdueOnceAfterItsStart() {
        var home = RunningServer.home();
        Instant overdue;
        try (var server = RunningServer.in(home)) {
            overdue = in(Duration.ofSeconds(20));
            admit(server, "f-stopped", overdue);
            assertThat(Steps.state(await(server, "f-stopped", "due").orElseThrow()))
                    .isEqualTo("due");
        }
        assertThat(RunningServer.eventually(
                        PATIENCE, () -> Optional.of(Instant.now()).filter(overdue::isBefore)))
                .isPresent();

        try (var server = RunningServer.in(home)) {
            var late = await(server, "f-stopped", "overdue").orElseThrow();

            assertThat(awaitRows(server, 1)).containsExactly("done, claimed 1");
            assertThat(Steps.history(server, late)).containsExactly("due", "overdue");
            assertThat(Steps.of(server, "f-stopped")).hasSize(1);
        }
    }

    @Test
    void ofTwoServersOneLooksAndTheOneThatIsLeftGoesOn() throws IOException {
        try (var postgres = EmbeddedPostgres.start()) {
            var database = new String[] {
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres"
            };
            try (var one = RunningServer.start(database);
                    var other = RunningServer.start(database)) {
                var overdue = in(Duration.ofSeconds(15));
                var patients = IntStream.range(0, 8).mapToObj(i -> "f-two-" + i).toList();
                for (int i = 0; i < patients.size(); i++) {
                    admit(i % 2 == 0 ? one : other, patients.get(i), overdue);
                }
                for (var patient : patients) {
                    assertThat(await(one, patient, "overdue")).as(patient).isPresent();
                }

                assertThat(awaitRows(other, patients.size())).containsOnly("done, claimed 1");
                for (var patient : patients) {
                    assertThat(Steps.of(other, patient))
                            .singleElement()
                            .satisfies(task ->
                                    assertThat(Steps.history(other, task)).containsExactly("due", "overdue"));
                }

                admit(one, "f-left", in(Duration.ofSeconds(20)));
                assertThat(await(one, "f-left", "due")).isPresent();
                one.close();

                var late = await(other, "f-left", "overdue").orElseThrow();
                assertThat(Steps.history(other, late)).containsExactly("due", "overdue");
            }
        }
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    /** A patient with one troponin, whose second is overdue then. */
    private static void admit(RunningServer server, String patient, Instant overdue) {
        server.client()
                .transaction()
                .withBundle(Vitals.transaction(
                        Vitals.patient(patient, "1950-01-01"),
                        List.of(ChestPain.troponin(patient, 20, overdue.minus(OVERDUE)))))
                .execute();
    }

    private static Optional<Task> await(RunningServer server, String patient, String state) {
        return RunningServer.eventually(
                PATIENCE,
                () -> Steps.first(server, patient, task -> Steps.state(task).equals(state)));
    }

    /** How each look at a step ended, and how often it was claimed, once none is left. */
    private static List<String> awaitRows(RunningServer server, int count) {
        var jdbc = new JdbcTemplate(server.bean(DataSource.class));
        return RunningServer.eventually(
                        PATIENCE,
                        () -> Optional.of(jdbc.query(
                                        "select state, claims from auspex_work where kind = 'DUE'",
                                        (row, n) -> row.getString("state") + ", claimed " + row.getInt("claims")))
                                .filter(rows ->
                                        rows.size() == count && rows.stream().allMatch(row -> row.startsWith("done"))))
                .orElseThrow(() -> new AssertionError("looks at steps: "
                        + jdbc.queryForList(
                                "select subject, state, claims, reason from auspex_work where kind = 'DUE'")));
    }
}
