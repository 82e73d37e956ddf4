package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.auspex.store.JpaStore;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chest-pain pathway and the steps it proposes, over HTTP. Troponins are dated back, so that nobody waits an hour. */
class PathwayIT implements Contract {

    private static final String DEVICE = "Device/auspex-chest-pain-pathway-1.0.0";
    private static final String TIME_TO_WARNING = "https://auspex-fhir.org/fhir/StructureDefinition/time-to-warning";

    private static final Pattern WARNINGS = Pattern.compile(
            "auspex_time_to_warning_seconds_count\\{model=\"chest-pain-pathway\",version=\"1.0.0\"} (\\S+)");

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public RunningServer server() {
        return server;
    }

    @Test
    void aSecondTroponinEndsTheStepThatTheFirstProposedAndWarns() {
        var first = Instant.now().minus(Duration.ofMinutes(62));
        admit("c-second", List.of(ChestPain.troponin("c-second", 20, first)));
        server.client()
                .create()
                .resource(pain("c-second", first.minusSeconds(1800)))
                .execute();

        var observing = pathway("c-second", "observe");
        var due = first.plus(Duration.ofHours(1)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        assertThat(observing.getMitigation()).isEqualTo("Repeat troponin, due " + due);
        assertThat(observing.getPredictionFirstRep().getRationale())
                .contains("the second is taken an hour after the first (ESC 2023")
                .contains("troponin-0-1h|1.0.0 repeat-needed")
                .contains("heart|1.0.0 says nothing");
        var proposed = task("c-second", task -> true);
        assertThat(proposed.getStatus()).isEqualTo(Task.TaskStatus.REQUESTED);
        assertThat(proposed.getIntent()).isEqualTo(Task.TaskIntent.PROPOSAL);
        assertThat(proposed.getRestriction().getPeriod().getEnd()).isEqualTo(Date.from(due));
        assertThat(proposed.getMeta().getSecurity("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST"))
                .isNotNull();
        assertThat(jdbc().queryForList(
                                "select state from auspex_work where kind = 'DUE' and subject = ?",
                                String.class,
                                "Task/" + proposed.getIdElement().getIdPart()))
                .containsExactly("waiting");

        var second = server.client()
                .create()
                .resource(ChestPain.troponin("c-second", 60, first.plus(Duration.ofMinutes(60))))
                .execute()
                .getId();

        var ruledIn = pathway("c-second", "rule-in");
        var minutes = ((org.hl7.fhir.r4.model.Duration)
                        ruledIn.getExtensionByUrl(TIME_TO_WARNING).getValue())
                .getValue()
                .intValue();
        assertThat(minutes).isBetween(92, 94);
        assertThat(ruledIn.hasMitigation()).isFalse();
        var done = task("c-second", task -> task.getStatus() == Task.TaskStatus.COMPLETED);
        assertThat(((Reference) done.getOutputFirstRep().getValue()).getReference())
                .contains(second.toUnqualifiedVersionless().getValue());
        assertThat(Steps.state(done)).isEqualTo("done");
    }

    @Test
    void aStepThatNobodyHasDoneInTimeIsOverdue() {
        var first = Instant.now().minus(Duration.ofMinutes(70)).plusSeconds(8);
        admit("c-late", List.of(ChestPain.troponin("c-late", 20, first)));
        var proposed = task("c-late", task -> true);
        assertThat(Steps.state(proposed)).isEqualTo("due");

        var late = task("c-late", task -> Steps.state(task).equals("overdue"));

        assertThat(late.getPriority()).isEqualTo(Task.TaskPriority.URGENT);
        assertThat(late.getStatus()).isEqualTo(Task.TaskStatus.REQUESTED);

        // As a server does that takes over from one that was stopped in between.
        var again = server.bean(JpaStore.class)
                .followUpTasks()
                .look("Task/" + late.getIdElement().getIdPart());

        assertThat(again).isEqualTo("overdue");
        assertThat(Steps.history(server, late)).containsExactly("due", "overdue");
    }

    @Test
    void theTimeToAWarningIsMeasuredOnceForItsSymptom() throws Exception {
        var before = warnings();
        admit("c-warned", List.of());
        server.client()
                .create()
                .resource(pain("c-warned", Instant.now().minusSeconds(3600)))
                .execute();
        server.client()
                .create()
                .resource(ChestPain.troponin("c-warned", 90, Instant.now().minusSeconds(600)))
                .execute();
        var first = pathway("c-warned", "rule-in");
        assertThat(first.hasExtension(TIME_TO_WARNING)).isTrue();

        server.client()
                .create()
                .resource(ChestPain.judged("c-warned", "heart-history", "slightly-suspicious"))
                .execute();

        assertThat(RunningServer.eventually(
                        WAIT,
                        () -> results("c-warned").stream()
                                .filter(risk -> Contract.isCurrent(risk)
                                        && risk.hasExtension(TIME_TO_WARNING)
                                        && !risk.getIdElement()
                                                .getIdPart()
                                                .equals(first.getIdElement().getIdPart()))
                                .findFirst()))
                .isPresent();
        assertThat(warnings()).isEqualTo(before + 1);
    }

    @Test
    void aStepGoesOnWhenAnotherValueArrivesAndKeepsWhatAPersonMadeOfIt() {
        admit(
                "c-goes-on",
                List.of(ChestPain.troponin("c-goes-on", 20, Instant.now().minusSeconds(600))));
        var proposed = task("c-goes-on", task -> true);
        proposed.setStatus(Task.TaskStatus.ACCEPTED);
        server.client().update().resource(proposed).execute();
        var before = pathway("c-goes-on", "observe");

        server.client()
                .create()
                .resource(ChestPain.judged("c-goes-on", "heart-history", "slightly-suspicious"))
                .execute();

        assertThat(RunningServer.eventually(
                        WAIT,
                        () -> results("c-goes-on").stream()
                                .filter(risk -> Contract.isCurrent(risk)
                                        && !risk.getIdElement()
                                                .getIdPart()
                                                .equals(before.getIdElement().getIdPart()))
                                .findFirst()))
                .isPresent();
        assertThat(server.search("Task?patient=c-goes-on"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Task.class, task -> assertThat(task.getStatus()).isEqualTo(Task.TaskStatus.ACCEPTED));
    }

    @Test
    void aStepThatIsNotNeededAnyMoreIsCancelled() {
        admit(
                "c-elevation",
                List.of(ChestPain.troponin("c-elevation", 20, Instant.now().minusSeconds(600))));
        task("c-elevation", task -> task.getStatus() == Task.TaskStatus.REQUESTED);
        var elevation = ChestPain.judged("c-elevation", "ecg", "");
        elevation.setCode(new CodeableConcept(new Coding("http://snomed.info/sct", "164931005", null)));
        elevation.setValue(new BooleanType(true));

        server.client().create().resource(elevation).execute();

        assertThat(pathway("c-elevation", "rule-in").getPredictionFirstRep().getRationale())
                .contains("does not wait for troponin");
        var cancelled = task("c-elevation", task -> task.getStatus() == Task.TaskStatus.CANCELLED);
        assertThat(Steps.state(cancelled)).isEqualTo("not-needed");
    }

    @Test
    void aCorrectedTroponinWithdrawsTheResultAndItsStep() {
        admit("c-wrong", List.of(ChestPain.troponin("c-wrong", 20, Instant.now().minusSeconds(600))));
        var before = pathway("c-wrong", "observe");
        var value = observation("c-wrong", "67151-1");
        value.setStatus(Observation.ObservationStatus.ENTEREDINERROR);

        server.client().update().resource(value).execute();

        awaitStatus(before, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        task("c-wrong", task -> task.getStatus() == Task.TaskStatus.ENTEREDINERROR);
    }

    /** How many times to a warning were measured, as Prometheus is told. */
    private static double warnings() throws Exception {
        var metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.base().replace("/fhir", "/actuator/prometheus")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        var counted = WARNINGS.matcher(metrics);
        return counted.find() ? Double.parseDouble(counted.group(1)) : 0;
    }

    private List<RiskAssessment> results(String patient) {
        return server.search("RiskAssessment?_count=100&patient=" + patient).stream()
                .map(RiskAssessment.class::cast)
                .filter(risk -> DEVICE.equals(risk.getPerformer().getReference()))
                .toList();
    }

    private RiskAssessment pathway(String patient, String label) {
        return RunningServer.eventually(
                        WAIT,
                        () -> results(patient).stream()
                                .filter(risk -> Contract.isCurrent(risk)
                                        && risk.getPredictionFirstRep().getQualitativeRisk().getCoding().stream()
                                                .anyMatch(coding -> label.equals(coding.getCode())))
                                .findFirst())
                .orElseThrow(() -> new AssertionError("no result " + label + "; worklist: "
                        + jdbc().queryForList(
                                        "select model, cause, state, reason from auspex_work where patient = ?",
                                        "Patient/" + patient)));
    }

    private Task task(String patient, Predicate<Task> wanted) {
        return RunningServer.eventually(
                        WAIT,
                        () -> server.search("Task?patient=" + patient).stream()
                                .map(Task.class::cast)
                                .filter(wanted)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("no such Task among "
                        + server.search("Task?patient=" + patient).stream()
                                .map(Task.class::cast)
                                .map(task -> task.getStatus() + " " + Steps.state(task))
                                .toList()
                        + "; worklist: "
                        + jdbc().queryForList(
                                        "select kind, model, cause, state, reason from auspex_work where patient = ?",
                                        "Patient/" + patient)));
    }

    private static Condition pain(String patient, Instant since) {
        var pain = new Condition();
        pain.setSubject(new Reference("Patient/" + patient));
        pain.setCode(new CodeableConcept(new Coding("http://snomed.info/sct", "29857009", null)));
        pain.getClinicalStatus().addCoding().setCode("active");
        pain.setOnset(new DateTimeType(Date.from(since)));
        return pain;
    }
}
