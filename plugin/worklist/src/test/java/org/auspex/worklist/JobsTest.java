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
import org.auspex.kernel.FindingsWriter;
import org.auspex.kernel.ModelLoader;
import org.auspex.kernel.Prediction;
import org.auspex.kernel.Written;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class JobsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ModelId OLD_AGE = new ModelId("old-age", "1.0.0");
    private static final WorkSettings TWO_ATTEMPTS = new WorkSettings(
            1, 10, Duration.ofSeconds(1), Duration.ofMinutes(5), 2, Duration.ZERO, Duration.ofHours(1));

    @TempDir
    private Path root;

    private final EmptyDatabase database = EmptyDatabase.create();
    private final Worklist worklist =
            new Worklist(database.source(), new DataSourceTransactionManager(database.source()));
    private final Jobs jobs = worklist.jobs();
    private final List<Instant> written = new ArrayList<>();

    @Test
    void keepsWhatBecameOfEachQuestion() throws IOException {
        var job = job(true, Priority.ROUTINE);
        jobs.open(
                job,
                List.of(
                        question("Patient/old"),
                        question("Patient/nobody"),
                        JobQuestion.excluded(Subject.patient("Practitioner/1"), "the member is no Patient")));

        assertThat(jobs.progress(job.id()).orElseThrow().open()).isEqualTo(2);
        work(storing());

        var progress = jobs.progress(job.id()).orElseThrow();
        assertThat(progress.counts()).isEqualTo(Map.of("done", 1L, "abstained", 1L, "excluded", 1L));
        assertThat(jobs.outcomes(progress.job()))
                .containsExactly(
                        new JobOutcome(
                                "Patient/old",
                                Optional.of("old-age|1.0.0"),
                                "done",
                                Optional.of("RiskAssessment/of-old"),
                                Optional.of("1 points")),
                        new JobOutcome(
                                "Patient/nobody",
                                Optional.of("old-age|1.0.0"),
                                "abstained",
                                Optional.empty(),
                                Optional.of("Patient/nobody is not in the record")),
                        new JobOutcome(
                                "Practitioner/1",
                                Optional.empty(),
                                "excluded",
                                Optional.empty(),
                                Optional.of("the member is no Patient")));
    }

    @Test
    void asksAsOfTheTimeOfTheJob() throws IOException {
        var job = new Job("1", "Group/1", NOW.minus(Duration.ofDays(400)), true, Priority.ROUTINE);
        jobs.open(job, List.of(question("Patient/old")));

        work(storing());

        assertThat(written).containsExactly(NOW.minus(Duration.ofDays(400)));
    }

    @Test
    void storesNothingIfTheClientWantsNothingStored() throws IOException {
        var job = job(false, Priority.ROUTINE);
        jobs.open(job, List.of(question("Patient/old")));

        work(storing());

        assertThat(written).isEmpty();
        assertThat(jobs.outcomes(job)).singleElement().satisfies(outcome -> {
            assertThat(outcome.result()).isEmpty();
            assertThat(outcome.text()).contains("1 points");
        });
    }

    @Test
    void asksNothingMoreOnceItIsCancelled() throws IOException {
        var job = job(true, Priority.ROUTINE);
        jobs.open(job, List.of(question("Patient/old")));

        assertThat(jobs.cancel(job.id())).isTrue();
        work(storing());

        assertThat(written).isEmpty();
        assertThat(jobs.progress(job.id())).isEmpty();
        assertThat(jobs.cancel(job.id())).isFalse();
        assertThat(worklist.counts()).isEqualTo(Map.of("cancelled", 1L));
    }

    @Test
    void whatAServerThatDiedLeftOfACancelledJobIsNotAskedEither() throws IOException {
        var job = job(true, Priority.ROUTINE);
        jobs.open(job, List.of(question("Patient/old")));
        claim(Question.Kind.ROUTINE);
        jobs.cancel(job.id());
        database.pass(Duration.ofMinutes(6));

        work(storing());

        assertThat(written).isEmpty();
        assertThat(worklist.counts()).isEqualTo(Map.of("cancelled", 1L));
    }

    @Test
    void anotherServerGoesOnWhereOneDied() throws IOException {
        var job = job(true, Priority.ROUTINE);
        jobs.open(job, List.of(question("Patient/old"), question("Patient/poison")));
        claim(Question.Kind.ROUTINE);
        database.pass(Duration.ofMinutes(6));

        // Alone, for one of the two may be what the server died over.
        work(storing());
        work(storing());

        assertThat(jobs.progress(job.id()).orElseThrow().counts()).isEqualTo(Map.of("done", 2L));
    }

    @Test
    void oneSubjectThatCannotBeStoredFailsAloneAndIsTheAskersToSee() throws IOException {
        var job = job(true, Priority.ROUTINE);
        jobs.open(job, List.of(question("Patient/old"), question("Patient/poison")));
        FindingsWriter failing = (card, finding) -> {
            if (finding.subject().reference().equals("Patient/poison")) {
                throw new IllegalStateException("the store refuses it");
            }
            return storing().write(card, finding);
        };

        work(failing);
        work(failing);

        assertThat(jobs.progress(job.id()).orElseThrow().counts()).isEqualTo(Map.of("done", 1L, "failed", 1L));
        assertThat(jobs.outcomes(job).get(1).text()).contains("java.lang.IllegalStateException");
    }

    @Test
    void urgentJobsDoNotWaitForOthers() {
        jobs.open(job(true, Priority.ROUTINE), List.of(question("Patient/old")));
        var urgent = job(true, Priority.URGENT);
        jobs.open(urgent, List.of(question("Patient/old")));

        assertThat(claim(Question.Kind.URGENT)).extracting(Work::cause).containsExactly(urgent.cause());
    }

    private static Job job(boolean persist, Priority priority) {
        return new Job(priority + "-job", "Group/1", NOW, persist, priority);
    }

    private static JobQuestion question(String patient) {
        return JobQuestion.of(OLD_AGE, Subject.patient(patient), Optional.empty());
    }

    private List<Work> claim(Question.Kind kind) {
        return worklist.claims(TWO_ATTEMPTS, "me").claim(kind, "");
    }

    /** A store that gives each result an id by its patient. */
    private FindingsWriter storing() {
        return (card, finding) -> {
            written.add(finding.asOf());
            finding.result().setId("of-" + finding.subject().reference().substring("Patient/".length()));
            return new Written(finding.result(), finding.parts(), Optional.empty());
        };
    }

    private void work(FindingsWriter writer) throws IOException {
        var fhir = FhirContext.forR4Cached();
        var reader = OldAge.reader();
        OldAge.write(root);
        var models = new ModelLoader(
                        new CardReader(new Units(), List.of()),
                        new Engines(Duration.ofSeconds(30), 16),
                        reader,
                        fhir,
                        Map.of())
                .loadAll(List.of(root));
        var tasks = new Tasks(
                new Prediction(models, reader, writer, CLOCK),
                reference -> List.of(),
                new WorklistContract.Reports(),
                new NoShadows(),
                task -> "looked at");
        new JobPredictions(worklist, worklist.claims(TWO_ATTEMPTS, "me"), TWO_ATTEMPTS, tasks, models, CLOCK)
                .work(claim(Question.Kind.ROUTINE));
    }
}
