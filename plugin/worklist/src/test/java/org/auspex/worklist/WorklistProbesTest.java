package org.auspex.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WorklistProbesTest {

    private static final String NEWS2 = "news2|1.0.0";
    private static final Subject PATIENT = Subject.patient("Patient/1");
    private static final Worklist.Claim ME = new Worklist.Claim("me", 10, Duration.ofMinutes(5));
    private static final Worklist.Claim OTHER = new Worklist.Claim("other", 10, Duration.ofMinutes(5));

    private final SettableClock clock = new SettableClock();
    private JdbcTemplate database = new JdbcTemplate();
    private TransactionTemplate transaction = new TransactionTemplate();
    private Worklist worklist = worklist();

    @BeforeEach
    void anEmptyDatabase() {
        worklist = worklist();
    }

    @Test
    void aWorkerWhoseLeaseEndedDoesNotUndoWhatAnotherFinished() {
        worklist.offer(List.of(question("Observation/1")));
        var late = claim(ME);
        clock.forward(Duration.ofMinutes(6));
        worklist.finish(claim(OTHER), "done", "score");

        worklist.retry(late, clock.instant(), "InferenceFailed: timeout");

        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L));
    }

    @Test
    void writesNothingOfABatchThatCannotBeWrittenWhole() {
        assertThat(worklist.offer(List.of(question("Observation/1"), question("x".repeat(500)))))
                .isFalse();

        assertThat(worklist.counts()).isEmpty();
    }

    private List<Work> claim(Worklist.Claim claim) {
        return worklist.claim(Question.Kind.PREDICT, NEWS2, claim);
    }

    private static Question question(String cause) {
        return question(cause, Duration.ZERO);
    }

    private static Question question(String cause, Duration debounce) {
        return Question.predict(new Triggers.Ask(new ModelId("news2", "1.0.0"), PATIENT, debounce), cause);
    }

    private Worklist worklist() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        database = new JdbcTemplate(h2);
        for (var statement : migration().split(";", -1)) {
            if (!statement.isBlank()) {
                database.execute(statement);
            }
        }
        var transactions = new DataSourceTransactionManager(h2);
        transaction = new TransactionTemplate(transactions);
        return new Worklist(h2, transactions, clock);
    }

    private static String migration() {
        try (var sql = Worklist.class.getResourceAsStream("migrations/V1__worklist.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A clock that stands still until it is moved. */
    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
