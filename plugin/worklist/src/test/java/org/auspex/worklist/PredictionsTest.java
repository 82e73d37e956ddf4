package org.auspex.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Models;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.InferenceFailed;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class PredictionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ModelId OLD_AGE = new ModelId("old-age", "1.0.0");
    private static final WorkSettings TWO_ATTEMPTS = new WorkSettings(
            1, 10, Duration.ofSeconds(1), Duration.ofMinutes(5), 2, Duration.ZERO, Duration.ofHours(1));

    @TempDir
    private Path root;

    private Models models = new Models();
    private final EmptyDatabase database = EmptyDatabase.create();
    private final List<String> reported = new ArrayList<>();

    @Test
    void recordsHowEachQuestionEnded() throws IOException {
        var worklist = worklist();
        offer(worklist, "Patient/old", "Patient/nobody");

        predictions(worklist, FindingsWriter.NOWHERE).work(claim(worklist));

        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L, "abstained", 1L));
        assertThat(reported).isEmpty();
    }

    @Test
    void doesNotLetOneSubjectThatFailsTakeTheOthersWithIt() throws IOException {
        var worklist = worklist();
        offer(worklist, "Patient/old", "Patient/poison");

        predictions(worklist, failingFor("Patient/poison")).work(claim(worklist));

        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L, "waiting", 1L));
    }

    @Test
    void givesUpAfterTheLastAttemptAndReportsIt() throws IOException {
        var worklist = worklist();
        offer(worklist, "Patient/poison");
        var predictions = predictions(worklist, failingFor("Patient/poison"));

        predictions.work(claim(worklist));
        predictions.work(claim(worklist));

        assertThat(worklist.counts()).isEqualTo(Map.of("failed", 1L));
        assertThat(reported).containsExactly("old-age|1.0.0 Patient/poison because java.lang.IllegalStateException");
    }

    @Test
    void questionsWaitWhileWhatRunsTheModelIsDown() throws IOException {
        var worklist = worklist();
        offer(worklist, "Patient/old", "Patient/poison");
        var down = predictions(worklist, (card, finding) -> {
            throw new InferenceFailed(InferenceFailed.Kind.DOWN, "triton is away");
        });

        for (int time = 0; time < 3 * TWO_ATTEMPTS.attempts(); time++) {
            down.work(claim(worklist));
        }

        assertThat(worklist.counts()).isEqualTo(Map.of("waiting", 2L));
        assertThat(reported).isEmpty();
    }

    @Test
    void givesUpWhatItsWorkersDiedOverAndReportsIt() throws IOException {
        var worklist = worklist();
        offer(worklist, "Patient/old");
        var predictions = predictions(worklist, FindingsWriter.NOWHERE);

        for (int death = 1; death <= TWO_ATTEMPTS.attempts(); death++) {
            claim(worklist);
            database.pass(Duration.ofMinutes(6));
        }
        predictions.work(claim(worklist));

        assertThat(worklist.counts()).isEqualTo(Map.of("failed", 1L));
        assertThat(reported).singleElement().asString().contains("stopped each time that it worked on this, 2 times");
    }

    @Test
    void aServerThatSleptThroughItsLeaseStoresNothing() throws IOException {
        var worklist = worklist();
        offer(worklist, "Patient/old");
        var asleep = claim(worklist);
        database.pass(Duration.ofMinutes(6));
        var predictions = predictions(worklist, FindingsWriter.NOWHERE);

        predictions.work(claim(worklist));
        var before = database.jdbc().queryForList("select * from auspex_work");
        predictions.work(asleep);

        assertThat(database.jdbc().queryForList("select * from auspex_work")).isEqualTo(before);
        assertThat(reported).isEmpty();
    }

    @Test
    void memoryThatRunsOutOverOneSubjectFailsThatSubjectOnly() throws IOException {
        var worklist = worklist();
        offer(worklist, "Patient/old", "Patient/poison");
        var predictions = predictions(worklist, (card, finding) -> {
            if (finding.subject().reference().equals("Patient/poison")) {
                throw new OutOfMemoryError("as a model that wants too much");
            }
            return FindingsWriter.NOWHERE.write(card, finding);
        });

        predictions.work(claim(worklist));
        predictions.work(claim(worklist));

        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L, "failed", 1L));
        assertThat(reported).containsExactly("old-age|1.0.0 Patient/poison because java.lang.OutOfMemoryError");
    }

    @Test
    void questionsForAModelThatNobodyServesAreGivenUpAndShown() throws IOException {
        var worklist = worklist();
        var gone = new Triggers.Ask(new ModelId("gone", "1.0.0"), Subject.patient("Patient/old"), Duration.ZERO);
        worklist.offer(List.of(Question.predict(gone, "Patient/old/_history/1", Optional.empty())));
        offer(worklist, "Patient/old");
        database.pass(Duration.ofMinutes(61));

        predictions(worklist, FindingsWriter.NOWHERE);
        new Unserved(
                        claims(worklist),
                        TWO_ATTEMPTS,
                        new Tasks(
                                new Prediction(models, OldAge.reader(), FindingsWriter.NOWHERE, CLOCK),
                                reference -> List.of(),
                                new Reports(),
                                new NoShadows(),
                                task -> "looked at"),
                        models)
                .look();

        assertThat(worklist.counts()).isEqualTo(Map.of("failed", 1L, "waiting", 1L));
        assertThat(reported).singleElement().asString().contains("gone|1.0.0").contains("set this Task to 'requested'");
    }

    @Test
    void answersAnOlderVersionsQuestionWithTheActiveVersion() throws IOException {
        var worklist = worklist();
        var ask = new Triggers.Ask(new ModelId("old-age", "0.9.0"), Subject.patient("Patient/old"), Duration.ZERO);
        worklist.offer(List.of(Question.predict(ask, "Patient/old/_history/1", Optional.empty())));

        predictions(worklist, FindingsWriter.NOWHERE).work(claim(worklist));

        assertThat(worklist.counts()).isEqualTo(Map.of("done", 1L));
    }

    private static void offer(Worklist worklist, String... patients) {
        for (var patient : patients) {
            var ask = new Triggers.Ask(OLD_AGE, Subject.patient(patient), Duration.ZERO);
            worklist.offer(List.of(Question.predict(ask, patient + "/_history/1", Optional.empty())));
        }
    }

    private static List<Work> claim(Worklist worklist) {
        return claims(worklist).claim(Question.Kind.PREDICT, OLD_AGE.name());
    }

    private static Claims claims(Worklist worklist) {
        return worklist.claims(TWO_ATTEMPTS, "me");
    }

    private static FindingsWriter failingFor(String patient) {
        return (card, finding) -> {
            if (finding.subject().reference().equals(patient)) {
                throw new IllegalStateException("the store is away");
            }
            return FindingsWriter.NOWHERE.write(card, finding);
        };
    }

    private Worker.Job predictions(Worklist worklist, FindingsWriter writer) throws IOException {
        var fhir = FhirContext.forR4Cached();
        var reader = OldAge.reader();
        var cards = new CardReader(new Units(), List.of());
        OldAge.write(root);
        models = new ModelLoader(cards, new Engines(Duration.ofSeconds(30), 16), reader, fhir, Map.of())
                .loadAll(List.of(root));
        var claims = claims(worklist);
        var predictions = new Predictions(claims, TWO_ATTEMPTS, new Endings(claims, new Reports()), models, CLOCK);
        var terms = new Predictions.Terms(
                OLD_AGE.name(), new Prediction(models, reader, writer, CLOCK), Optional.empty(), Priority.ROUTINE);
        return works -> predictions.work(terms, works);
    }

    private Worklist worklist() {
        return new Worklist(database.source(), new DataSourceTransactionManager(database.source()));
    }

    /** Every failure is a Task of its own. */
    private final class Reports implements FailureReports {

        @Override
        public String report(Failure failure, Optional<String> before) {
            reported.add("%s %s because %s"
                    .formatted(failure.model().orElseThrow(), failure.subject().reference(), failure.reason()));
            return "Task/" + reported.size();
        }

        @Override
        public void answered(String report, String outcome) {
            reported.add(report + " " + outcome);
        }
    }
}
