package org.auspex.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WorklistTest {

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

    // Offering

    @Test
    void keepsAQuestionThatIsOfferedTwiceOnce() {
        worklist.offer(List.of(question("Observation/1/_history/1")));
        worklist.offer(List.of(question("Observation/1/_history/1"), question("Observation/1/_history/2")));

        assertThat(worklist.counts()).isEqualTo(Map.of("waiting", 2L));
    }

    @Test
    void asksAnAnsweredQuestionNotAgain() {
        worklist.offer(List.of(question("Observation/1/_history/1")));
        worklist.finish(claim(ME), "done", "score");

        worklist.offer(List.of(question("Observation/1/_history/1")));

        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L));
    }

    @Test
    void keepsThePartitionOfTheResourceThatAsks() {
        var ask = new Triggers.Ask(new ModelId("news2", "1.0.0"), PATIENT, Duration.ZERO);
        worklist.offer(List.of(
                Question.predict(ask, "Observation/1/_history/1", Optional.of(7)),
                Question.predict(ask, "Observation/2/_history/1", Optional.empty())));

        assertThat(claim(ME)).extracting(Work::partition).containsExactly(Optional.of(7), Optional.empty());
    }

    @Test
    void leavesNothingOfATransactionThatIsRolledBack() {
        transaction.executeWithoutResult(status -> {
            assertThat(worklist.offer(List.of(question("Observation/1/_history/1"))))
                    .isTrue();
            status.setRollbackOnly();
        });

        assertThat(worklist.counts()).isEmpty();
    }

    @Test
    void wakesTheWorkersOnlyAfterTheCommit() {
        var woken = new AtomicInteger();
        worklist.onNews(woken::incrementAndGet);

        transaction.executeWithoutResult(status -> {
            worklist.offer(List.of(question("Observation/1/_history/1")));
            assertThat(woken).hasValue(0);
        });
        assertThat(woken).hasValue(1);

        transaction.executeWithoutResult(status -> {
            worklist.offer(List.of(question("Observation/1/_history/2")));
            status.setRollbackOnly();
        });
        assertThat(woken).hasValue(1);
    }

    @Test
    void doesNotSpoilTheTransactionItCannotWriteIn() {
        database.execute("create table chart (id int primary key)");
        database.execute("drop table auspex_work");

        var offered = transaction.execute(status -> {
            database.update("insert into chart values (1)");
            var written = worklist.offer(List.of(question("Observation/1/_history/1")));
            database.update("insert into chart values (2)");
            return written;
        });

        assertThat(offered).isFalse();
        assertThat(database.queryForList("select id from chart order by id", Integer.class))
                .containsExactly(1, 2);
    }

    @Test
    void offersNothingWithoutTouchingTheDatabase() {
        database.execute("drop table auspex_work");

        assertThat(worklist.offer(List.of())).isTrue();
    }

    // Claiming

    @Test
    void givesOutAQuestionOnceItIsDue() {
        worklist.offer(List.of(question("Observation/1/_history/1", Duration.ofSeconds(30))));

        assertThat(claim(ME)).isEmpty();
        clock.forward(Duration.ofSeconds(29));
        assertThat(claim(ME)).isEmpty();
        clock.forward(Duration.ofSeconds(1));
        assertThat(claim(ME)).singleElement().satisfies(work -> {
            assertThat(work.model()).isEqualTo(NEWS2);
            assertThat(work.subject()).isEqualTo(PATIENT);
            assertThat(work.cause()).isEqualTo("Observation/1/_history/1");
            assertThat(work.attempt()).isEqualTo(1);
        });
    }

    @Test
    void givesOutTheOldestFirstAndNoMoreThanAskedFor() {
        for (int i = 1; i <= 3; i++) {
            worklist.offer(List.of(question("Observation/" + i)));
            clock.forward(Duration.ofSeconds(1));
        }

        var works = worklist.claim(Question.Kind.PREDICT, "news2", new Worklist.Claim("me", 2, Duration.ofMinutes(5)));

        assertThat(works).extracting(Work::cause).containsExactly("Observation/1", "Observation/2");
    }

    @Test
    void givesOutOnlyWorkOfTheKindAndModelAskedFor() {
        worklist.offer(List.of(
                question("Observation/1"),
                Question.review("Observation/1", "Observation/1/_history/2", Optional.empty())));

        assertThat(worklist.claim(Question.Kind.PREDICT, "other", ME)).isEmpty();
        assertThat(worklist.claim(Question.Kind.REVIEW, "", ME))
                .singleElement()
                .extracting(Work::subject)
                .isEqualTo(Subject.patient("Observation/1"));
        assertThat(claim(ME)).hasSize(1);
    }

    @Test
    void keepsClaimedWorkFromOthersUntilTheLeaseEnds() {
        worklist.offer(List.of(question("Observation/1")));
        claim(ME);

        clock.forward(Duration.ofMinutes(5));
        assertThat(claim(OTHER)).isEmpty();
        clock.forward(Duration.ofMillis(1));
        assertThat(claim(OTHER)).singleElement().extracting(Work::attempt).isEqualTo(2);
    }

    @Test
    void doesNotGiveOutFinishedWorkAgain() {
        worklist.offer(List.of(question("Observation/1"), question("Observation/2")));
        var works = claim(ME);

        worklist.finish(works.subList(0, 1), "done", "score");
        worklist.finish(works.subList(1, 2), "abstained", "x".repeat(5000));
        clock.forward(Duration.ofDays(1));

        assertThat(claim(OTHER)).isEmpty();
        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L, "abstained", 1L));
    }

    @Test
    void givesOutRetriedWorkWhenItIsDueAgain() {
        worklist.offer(List.of(question("Observation/1")));

        worklist.retry(claim(ME), clock.instant().plusSeconds(60), "InferenceFailed: busy");

        assertThat(claim(ME)).isEmpty();
        clock.forward(Duration.ofSeconds(60));
        assertThat(claim(ME)).singleElement().extracting(Work::attempt).isEqualTo(2);
    }

    // The watermark

    @Test
    void remembersUpToWhenEverythingWasLookedAt() {
        assertThat(worklist.coveredUntil()).isEmpty();

        worklist.coverUntil(clock.instant());
        worklist.coverUntil(clock.instant().plusSeconds(1));

        assertThat(worklist.coveredUntil()).contains(clock.instant().plusSeconds(1));
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
        return worklist.claim(Question.Kind.PREDICT, "news2", claim);
    }

    private static Question question(String cause) {
        return question(cause, Duration.ZERO);
    }

    private static Question question(String cause, Duration debounce) {
        return Question.predict(
                new Triggers.Ask(new ModelId("news2", "1.0.0"), PATIENT, debounce), cause, Optional.empty());
    }

    private Worklist worklist() {
        var empty = EmptyDatabase.create();
        database = new JdbcTemplate(empty);
        var transactions = new DataSourceTransactionManager(empty);
        transaction = new TransactionTemplate(transactions);
        return new Worklist(empty, transactions, clock);
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
