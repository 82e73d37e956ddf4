package org.auspex.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.Written;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the worklist promises on every database. */
abstract class WorklistContract {

    private static final String NEWS2 = "news2|1.0.0";
    private static final Subject PATIENT = Subject.patient("Patient/1");
    private static final WorkSettings SETTINGS = new WorkSettings(
            1, 10, Duration.ofSeconds(1), Duration.ofMinutes(5), 5, Duration.ofSeconds(1), Duration.ofHours(1));

    private EmptyDatabase database = EmptyDatabase.create();
    private JdbcTemplate jdbc = database.jdbc();
    private TransactionTemplate transaction = new TransactionTemplate();
    private Worklist worklist = new Worklist(database.source(), new DataSourceTransactionManager(database.source()));
    private Claims mine = worklist.claims(SETTINGS, "me");
    private Claims others = worklist.claims(SETTINGS, "other");

    abstract EmptyDatabase database();

    @BeforeEach
    void anEmptyDatabase() {
        database = database();
        jdbc = database.jdbc();
        var transactions = new DataSourceTransactionManager(database.source());
        transaction = new TransactionTemplate(transactions);
        worklist = new Worklist(database.source(), transactions);
        mine = worklist.claims(SETTINGS, "me");
        others = worklist.claims(SETTINGS, "other");
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
        end(claim(mine), "done");

        worklist.offer(List.of(question("Observation/1/_history/1")));

        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L));
    }

    @Test
    void keepsThePartitionOfTheResourceThatAsks() {
        var ask = new Triggers.Ask(new ModelId("news2", "1.0.0"), PATIENT, Duration.ZERO);
        worklist.offer(List.of(
                Question.predict(ask, "Observation/1/_history/1", Optional.of(7)),
                Question.predict(ask, "Observation/2/_history/1", Optional.empty())));

        assertThat(claim(mine)).extracting(Work::partition).containsExactly(Optional.of(7), Optional.empty());
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
        worklist.onNews(lines -> woken.addAndGet(lines.size()));

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
        jdbc.execute("create table chart (id int primary key)");
        jdbc.execute("alter table auspex_work rename to auspex_work_away");
        try {
            var offered = transaction.execute(status -> {
                jdbc.update("insert into chart values (1)");
                var written = worklist.offer(List.of(question("Observation/1/_history/1")));
                jdbc.update("insert into chart values (2)");
                return written;
            });

            assertThat(offered).isFalse();
            assertThat(jdbc.queryForList("select id from chart order by id", Integer.class))
                    .containsExactly(1, 2);
        } finally {
            jdbc.execute("alter table auspex_work_away rename to auspex_work");
            jdbc.execute("drop table chart");
        }
    }

    @Test
    void writesNothingOfABatchThatCannotBeWrittenWhole() {
        assertThat(worklist.offer(List.of(question("Observation/1"), question("x".repeat(500)))))
                .isFalse();

        assertThat(worklist.counts()).isEmpty();
    }

    // Claiming

    @Test
    void givesOutAQuestionOnceItIsDueByTheDatabasesClock() {
        worklist.offer(List.of(question("Observation/1/_history/1", Duration.ofSeconds(60))));

        assertThat(claim(mine)).isEmpty();
        database.pass(Duration.ofSeconds(50));
        assertThat(claim(mine)).isEmpty();
        database.pass(Duration.ofSeconds(11));
        assertThat(claim(mine)).singleElement().satisfies(work -> {
            assertThat(work.model()).isEqualTo(NEWS2);
            assertThat(work.subject()).isEqualTo(PATIENT);
            assertThat(work.cause()).isEqualTo("Observation/1/_history/1");
            assertThat(work.attempt()).isEqualTo(1);
            assertThat(work.claimedAt())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        });
    }

    @Test
    void givesOutTheOldestFirstAndNoMoreThanAskedFor() {
        for (int i = 1; i <= 3; i++) {
            worklist.offer(List.of(question("Observation/" + i, "Patient/" + i, Duration.ZERO)));
            database.pass(Duration.ofSeconds(1));
        }

        var two = worklist.claims(
                new WorkSettings(1, 2, Duration.ZERO, Duration.ofMinutes(5), 5, Duration.ZERO, Duration.ZERO), "me");
        assertThat(claim(two)).extracting(Work::cause).containsExactly("Observation/1", "Observation/2");
    }

    @Test
    void givesOutOnlyWorkOfTheKindAndModelAskedFor() {
        worklist.offer(List.of(
                question("Observation/1"),
                Question.review("Observation/1", "Observation/1/_history/2", Optional.empty())));

        assertThat(mine.claim(Question.Kind.PREDICT, "other")).isEmpty();
        assertThat(mine.claim(Question.Kind.REVIEW, ""))
                .singleElement()
                .extracting(Work::subject)
                .isEqualTo(Subject.patient("Observation/1"));
        assertThat(claim(mine)).hasSize(1);
    }

    @Test
    void aBurstAboutOneSubjectIsClaimedTogether() {
        worklist.offer(List.of(question("Observation/1", Duration.ofSeconds(30))));
        database.pass(Duration.ofSeconds(29));
        worklist.offer(List.of(
                question("Observation/2", Duration.ofSeconds(30)),
                question("Observation/3", "Patient/other", Duration.ofSeconds(30))));
        database.pass(Duration.ofSeconds(2));

        assertThat(claim(mine)).extracting(Work::cause).containsExactly("Observation/1", "Observation/2");
        assertThat(claim(others)).isEmpty();
    }

    @Test
    void aTrickleThatNeverEndsDoesNotPutOffTheFirst() {
        for (int second = 0; second <= 30; second++) {
            worklist.offer(List.of(question("Observation/" + second, Duration.ofSeconds(30))));
            database.pass(Duration.ofSeconds(1));
        }

        assertThat(claim(mine)).hasSize(31);
    }

    @Test
    void whatComesWhileASubjectIsBeingAskedAboutWaitsForOneLookAfterwards() {
        worklist.offer(List.of(question("Observation/1")));
        var first = claim(mine);
        worklist.offer(List.of(question("Observation/2"), question("Observation/3", "Patient/other", Duration.ZERO)));
        worklist.offer(List.of(question("Observation/4")));

        assertThat(claim(others)).extracting(Work::cause).containsExactly("Observation/3");
        assertThat(claim(others)).isEmpty();

        mine.end(first, "done", Optional.empty(), Optional.of("RiskAssessment/1"));
        assertThat(claim(others)).extracting(Work::cause).containsExactly("Observation/2", "Observation/4");
    }

    @Test
    void manyServersClaimNothingTwice() throws Exception {
        var questions = IntStream.range(0, 200)
                .mapToObj(i -> question("Observation/" + i, "Patient/" + i, Duration.ZERO))
                .toList();
        worklist.offer(questions);

        var servers = Executors.newFixedThreadPool(8);
        Callable<List<Long>> server = () -> {
            var claims = worklist.claims(SETTINGS, "server");
            var seen = new ArrayList<Long>();
            for (var works = claim(claims); !works.isEmpty(); works = claim(claims)) {
                works.forEach(work -> seen.add(work.id()));
            }
            return seen;
        };
        var all = new ArrayList<Long>();
        for (var seen : servers.invokeAll(Collections.nCopies(8, server))) {
            all.addAll(seen.get());
        }
        servers.shutdown();

        assertThat(all).hasSize(200);
        assertThat(new HashSet<>(all)).hasSize(200);
    }

    // Leases

    @Test
    void keepsClaimedWorkFromOthersUntilTheLeaseEnds() {
        worklist.offer(List.of(question("Observation/1")));
        claim(mine);

        database.pass(Duration.ofSeconds(290));
        assertThat(claim(others)).isEmpty();
        database.pass(Duration.ofSeconds(11));
        assertThat(claim(others)).singleElement().extracting(Work::attempt).isEqualTo(2);
    }

    @Test
    void aServerThatGivesSignsOfLifeKeepsItsWork() {
        worklist.offer(List.of(question("Observation/1")));
        var heartbeat = new Heartbeat(mine, SETTINGS.lease());

        heartbeat.during(claim(mine), () -> {
            database.pass(Duration.ofSeconds(290));
            heartbeat.beat();
            database.pass(Duration.ofSeconds(290));
            assertThat(claim(others)).isEmpty();
        });
        heartbeat.beat();
        database.pass(Duration.ofSeconds(11));

        assertThat(claim(others)).hasSize(1);
    }

    @Test
    void whatAServerStoppedOverIsTriedInEverSmallerCompany() {
        worklist.offer(IntStream.range(0, 10)
                .mapToObj(i -> question("Observation/" + i, "Patient/" + i, Duration.ZERO))
                .toList());

        var company = new ArrayList<Integer>();
        for (int death = 0; death < 4; death++) {
            company.add(claim(mine).size());
            database.pass(Duration.ofMinutes(6));
            // Who was not in the company of the one that dies is answered.
            jdbc.update("update auspex_work set state = 'done' where state = 'claimed' and subject <> 'Patient/0'"
                    + " and attempts > 1");
        }

        assertThat(company).startsWith(10, 2);
        assertThat(SETTINGS.company(5)).isEqualTo(1);
    }

    @Test
    void aServerThatSleptThroughItsLeaseCanEndNothing() {
        worklist.offer(List.of(question("Observation/1")));
        var late = claim(mine);
        database.pass(Duration.ofMinutes(6));
        end(claim(others), "done");

        mine.retry(late, Duration.ZERO, "InferenceFailed: timeout");
        assertThat(mine.keep(late.get(0))).isFalse();
        assertThatThrownBy(() -> endings(mine).result(late, result("2"))).isInstanceOf(LeaseLost.class);

        assertThat(jdbc.queryForList("select state || ' ' || result from auspex_work", String.class))
                .containsExactly("done RiskAssessment/1");
    }

    @Test
    void neitherCanOneWhoseQuestionAnOperatorAskedAnew() {
        worklist.offer(List.of(question("Observation/1")));
        var asleep = claim(mine);
        database.pass(Duration.ofMinutes(6));
        endings(others).failed(claim(others), "InferenceFailed: broken");
        worklist.again("Task/1");
        var awake = claim(others);

        assertThat(awake).singleElement().extracting(Work::attempt).isEqualTo(1);
        assertThat(mine.keep(asleep.get(0))).isFalse();
        assertThat(others.keep(awake.get(0))).isTrue();
    }

    // Ending

    @Test
    void doesNotGiveOutFinishedWorkAgain() {
        worklist.offer(List.of(question("Observation/1"), question("Observation/2")));
        var works = claim(mine);

        end(works.subList(0, 1), "done");
        endings(mine).abstained(works.subList(1, 2), "x".repeat(5000));
        database.pass(Duration.ofDays(1));

        assertThat(claim(others)).isEmpty();
        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L, "abstained", 1L));
    }

    @Test
    void givesOutRetriedWorkWhenItIsDueAgain() {
        worklist.offer(List.of(question("Observation/1")));

        mine.retry(claim(mine), Duration.ofSeconds(60), "InferenceFailed: busy");

        assertThat(claim(mine)).isEmpty();
        database.pass(Duration.ofSeconds(61));
        assertThat(claim(mine)).singleElement().extracting(Work::attempt).isEqualTo(2);
    }

    @Test
    void newEvidenceDoesNotHurryWhatWaitsAfterAFailure() {
        worklist.offer(List.of(question("Observation/1")));
        mine.retry(claim(mine), Duration.ofSeconds(60), "InferenceFailed: fault");
        worklist.offer(List.of(question("Observation/2")));

        assertThat(claim(mine)).extracting(Work::cause).containsExactly("Observation/2");
    }

    @Test
    void aFailureThatCannotBeReportedIsNoFailureYet() {
        worklist.offer(List.of(question("Observation/1")));
        var works = claim(mine);
        var unreported = new Endings(mine, new Reports() {
            @Override
            public String report(Failure failure, Optional<String> before) {
                throw new IllegalStateException("the store is away");
            }
        });

        assertThatThrownBy(() -> unreported.failed(works, "InferenceFailed: broken"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(worklist.counts()).isEqualTo(Map.of("claimed", 1L));
    }

    // An operator's retry

    @Test
    void whatATaskShowsIsAskedAgainWithAttemptsCountedAnew() {
        worklist.offer(List.of(question("Observation/1"), question("Observation/2")));
        endings(mine).failed(claim(mine), "InferenceFailed: broken");

        assertThat(worklist.again("Task/other")).isZero();
        assertThat(worklist.again("Task/1")).isEqualTo(2);
        assertThat(worklist.again("Task/1")).isZero();

        assertThat(claim(mine)).hasSize(2).allSatisfy(work -> {
            assertThat(work.attempt()).isEqualTo(1);
            assertThat(work.task()).contains("Task/1");
        });
    }

    @Test
    void anOperatorSeesHowTheRetryEnded() {
        worklist.offer(List.of(question("Observation/1")));
        var reports = new Reports();
        var endings = new Endings(mine, reports);

        endings.failed(claim(mine), "InferenceFailed: broken");
        worklist.again("Task/1");
        endings.failed(claim(mine), "InferenceFailed: broken still");
        worklist.again("Task/1");
        endings.abstained(claim(mine), "age: missing");

        assertThat(reports.said)
                .containsExactly(
                        "failed InferenceFailed: broken",
                        "Task/1 failed InferenceFailed: broken still",
                        "Task/1 The model abstained: age: missing");
    }

    // Reviews and models that are gone

    @Test
    void aReviewWaitsForPredictionsThatBeganBeforeIt() {
        worklist.offer(List.of(question("Observation/1")));
        var underWay = claim(mine);
        worklist.offer(List.of(Question.review("Observation/1", "Observation/1/_history/2", Optional.empty())));
        var review = mine.claim(Question.Kind.REVIEW, "").get(0);

        assertThat(mine.isOvertaking(review)).isTrue();
        end(underWay, "done");
        worklist.offer(List.of(question("Observation/2")));
        claim(mine);

        assertThat(mine.isOvertaking(review)).isFalse();
    }

    @Test
    void namesTheModelsThatNobodyServes() {
        worklist.offer(List.of(question("Observation/1"), question("Observation/2", "Patient/2", Duration.ZERO)));
        assertThat(mine.unserved()).isEmpty();

        database.pass(Duration.ofMinutes(61));
        assertThat(mine.unserved()).containsExactly("news2");

        claim(worklist.claims(
                new WorkSettings(1, 1, Duration.ZERO, Duration.ofMinutes(5), 5, Duration.ZERO, Duration.ZERO),
                "other"));
        assertThat(mine.unserved()).as("somebody serves it, and is slow").isEmpty();
    }

    // The watermark

    @Test
    void remembersUpToWhenEverythingWasLookedAt() {
        var now = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(worklist.coveredUntil()).isEmpty();

        worklist.coverUntil(now);
        worklist.coverUntil(now.plusSeconds(1));

        assertThat(worklist.coveredUntil()).contains(now.plusSeconds(1));
    }

    private static List<Work> claim(Claims claims) {
        return claims.claim(Question.Kind.PREDICT, "news2");
    }

    private static Written result(String id) {
        var risk = new RiskAssessment();
        risk.setId("RiskAssessment/" + id);
        return new Written(risk, List.of(), Optional.empty());
    }

    private void end(List<Work> works, String state) {
        assertThat(state).isEqualTo("done");
        endings(mine).result(works, result("1"));
    }

    private static Endings endings(Claims claims) {
        return new Endings(claims, new Reports());
    }

    private static Question question(String cause) {
        return question(cause, Duration.ZERO);
    }

    private static Question question(String cause, Duration debounce) {
        return question(cause, PATIENT.reference(), debounce);
    }

    private static Question question(String cause, String patient, Duration debounce) {
        return Question.predict(
                new Triggers.Ask(new ModelId("news2", "1.0.0"), Subject.patient(patient), debounce),
                cause,
                Optional.empty());
    }

    /** What an operator is told; everything is reported as Task/1. */
    static class Reports implements FailureReports {

        final List<String> said = new ArrayList<>();

        @Override
        public String report(Failure failure, Optional<String> before) {
            said.add(before.map(task -> task + " ").orElse("") + "failed " + failure.reason());
            return "Task/1";
        }

        @Override
        public void answered(String report, String outcome) {
            said.add(report + " " + outcome);
        }
    }
}
