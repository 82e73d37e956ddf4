package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What happens to the record, to models and to Tasks while questions wait. */
class QueuedWorkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(
                "--auspex.worklist.attempts=2",
                "--auspex.worklist.backoff=PT0.1S",
                "--auspex.worklist.unserved=PT3S",
                "--auspex.models.shipped=false");
        DroppedModels.card(server.models(), "waits", card("waits", "PT3S"));
        awaitModel("waits");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void evidenceEnteredInErrorWhileItWaitsGivesNoResult() {
        var pulse = admit("q-error");
        pulse.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        server.client().update().resource(pulse).execute();

        assertThat(ended("q-error", "waits")).containsOnly("abstained");
        assertThat(results("q-error")).isEmpty();
    }

    @Test
    void aPatientWhoIsDeletedOrMergedMeanwhileGetsNoResult() {
        var pulse = admit("q-deleted");
        server.client().delete().resource(pulse).execute();
        server.client().delete().resourceById("Patient", "q-deleted").execute();
        admit("q-merged");
        admit("q-remains");
        var merged = Vitals.patient("q-merged", "1950-01-01");
        merged.addLink().setOther(new Reference("Patient/q-remains")).setType(Patient.LinkType.REPLACEDBY);
        server.client().update().resource(merged).execute();

        assertThat(ended("q-deleted", "waits")).containsOnly("abstained");
        assertThat(ended("q-merged", "waits")).containsOnly("abstained");
        assertThat(reasons("q-merged")).anyMatch(reason -> reason.contains("merged into Patient/q-remains"));
        assertThat(ended("q-remains", "waits")).containsOnly("done");
        assertThat(results("q-merged")).isEmpty();
    }

    @Test
    void aBurstIsOneResult() {
        admit("q-burst");
        for (int pulse = 60; pulse < 70; pulse++) {
            server.client()
                    .create()
                    .resource(Vitals.measured("q-burst", "8867-4", pulse))
                    .execute();
        }

        assertThat(ended("q-burst", "waits")).hasSize(11).containsOnly("done");
        assertThat(results("q-burst")).hasSize(1);
    }

    @Test
    void aFailureIsATaskThatAnOperatorSetsToRequestedOnceTheModelIsMended() throws IOException {
        DroppedModels.network(server.models(), "breaks", "throws.pt");
        awaitModel("breaks");
        admit("q-retry");
        var task = failed("q-retry", "breaks");
        assertThat(task.getStatus()).isEqualTo(Task.TaskStatus.FAILED);
        assertThat(task.getStatusReason().getText()).contains("InferenceFailed");

        server.client()
                .update()
                .resource(task.setStatus(Task.TaskStatus.REQUESTED))
                .execute();
        assertThat(awaitStatus(task, Task.TaskStatus.FAILED, 3).getMeta().getVersionId())
                .as("still broken: failed again, in the same Task")
                .isEqualTo("3");

        Files.move(server.models().resolve("breaks"), server.models().resolveSibling("breaks-away"));
        DroppedModels.network(server.models(), "breaks", "mean.pt");
        awaitModel("breaks");
        server.client()
                .update()
                .resource(read(task).setStatus(Task.TaskStatus.REQUESTED))
                .execute();

        var completed = awaitStatus(task, Task.TaskStatus.COMPLETED, 5);
        assertThat(((Reference) completed.getOutputFirstRep().getValue()).getReference())
                .startsWith("RiskAssessment/");
        assertThat(ended("q-retry", "breaks")).containsOnly("done");
    }

    @Test
    void questionsForAModelThatWasTakenAwayDoNotWaitUnseen() throws IOException {
        DroppedModels.card(server.models(), "leaves", card("leaves", "PT2S"));
        awaitModel("leaves");
        admit("q-gone");
        delete(server.models().resolve("leaves"));

        var task = failed("q-gone", "leaves");
        assertThat(task.getStatusReason().getText()).contains("No server has served the model 'leaves' for PT3S");

        DroppedModels.card(server.models(), "leaves", card("leaves", "PT2S"));
        awaitModel("leaves");
        server.client()
                .update()
                .resource(task.setStatus(Task.TaskStatus.REQUESTED))
                .execute();
        awaitStatus(task, Task.TaskStatus.COMPLETED, 3);
        assertThat(ended("q-gone", "leaves")).containsOnly("done");
    }

    private static String card(String name, String debounce) {
        return """
                model: %s
                version: 1.0.0
                title: Fast pulse, after a while
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                trigger: {on: ["Observation?code=http://loinc.org|8867-4"], debounce: %s}
                inputs:
                  - {name: pulse, from: "Observation?code=http://loinc.org|8867-4", value: value, unit: /min}
                outputs:
                  - {name: fast, kind: score, code: "https://example.org/score|fast", display: Fast pulse}
                scorecard:
                  source: none
                  items:
                    - {item: pulse, input: pulse, points: [{to: 100, points: 0}, {points: 1}]}
                """.formatted(name, debounce);
    }

    /** A patient with a pulse, which is returned. */
    private static Observation admit(String patient) {
        server.client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient(patient, "1950-01-01"), List.of()))
                .execute();
        return (Observation) server.client()
                .create()
                .resource(Vitals.measured(patient, "8867-4", 135))
                .execute()
                .getResource();
    }

    private static void awaitModel(String name) {
        assertThat(RunningServer.eventually(
                        PATIENCE,
                        () -> server.bean(org.auspex.kernel.Models.class).active().stream()
                                .filter(card -> card.id().name().equals(name))
                                .findFirst()))
                .as("%s serves", name)
                .isPresent();
    }

    /** How the questions about a patient ended, once none is open. */
    private static List<String> ended(String patient, String model) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> Optional.of(jdbc().queryForList(
                                                "select state from auspex_work where subject = ? and model_name = ?",
                                                String.class,
                                                "Patient/" + patient,
                                                model))
                                .filter(states -> !states.isEmpty()
                                        && !states.contains("waiting")
                                        && !states.contains("claimed")))
                .orElseThrow(() -> new AssertionError("open questions about " + patient + ": " + rows(patient)));
    }

    /** Those of the model that waits; other tests drop models of their own. */
    private static List<RiskAssessment> results(String patient) {
        return server.results(patient).stream()
                .filter(risk -> risk.getPerformer().getReference().equals("Device/auspex-waits-1.0.0"))
                .toList();
    }

    private static List<String> reasons(String patient) {
        return jdbc().queryForList(
                        "select reason from auspex_work where model_name = 'waits' and subject = ?",
                        String.class,
                        "Patient/" + patient);
    }

    private static List<Map<String, Object>> rows(String patient) {
        return jdbc().queryForList(
                        "select model, cause, state, attempts, reason from auspex_work where subject = ?",
                        "Patient/" + patient);
    }

    private static Task failed(String patient, String model) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> server
                                .client()
                                .search()
                                .byUrl("Task?status=failed&patient=" + patient)
                                .returnBundle(Bundle.class)
                                .execute()
                                .getEntry()
                                .stream()
                                .map(entry -> (Task) entry.getResource())
                                .filter(task -> task.getCode().getText().contains(model))
                                .findFirst())
                .orElseThrow(() -> new AssertionError("no failed Task about " + patient + ": " + rows(patient)));
    }

    private static Task awaitStatus(Task task, Task.TaskStatus status, int version) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> Optional.of(read(task))
                                .filter(found -> found.getStatus() == status
                                        && Integer.parseInt(found.getMeta().getVersionId()) >= version))
                .orElseThrow(() -> new AssertionError("%s never became %s".formatted(task.getId(), status)));
    }

    private static Task read(Task task) {
        return server.client()
                .read()
                .resource(Task.class)
                .withId(task.getIdElement().getIdPart())
                .execute();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static JdbcTemplate jdbc() {
        return new JdbcTemplate(server.bean(DataSource.class));
    }
}
