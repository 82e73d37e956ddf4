package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guard against missed diagnoses, from a discharge over HTTP to an issue and what settles it. */
class GuardIT implements Contract {

    private static final String REPLACED_BY = "https://auspex-fhir.org/fhir/StructureDefinition/replaced-by";

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
    void aDischargeWithAnUnansweredValueRaisesAnIssueThatAnOrderSettles() {
        admit("g-order", List.of(potassium("g-order", 6.9)));
        var stay = encounter("g-order");

        discharge(stay);

        var issue = issue("g-order", Contract::isCurrent);
        assertThat(issue.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.PRELIMINARY);
        assertThat(issue.getSeverity()).isEqualTo(DetectedIssue.DetectedIssueSeverity.HIGH);
        assertThat(issue.getCode().getCodingFirstRep().getCode()).isEqualTo("severe-hyperkalaemia");
        assertThat(issue.getMeta().getSecurity("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST"))
                .isNotNull();
        assertThat(issue.getEvidenceFirstRep().getDetailFirstRep().getReference())
                .matches("Observation/\\d+/_history/1");
        assertThat(issue.getImplicatedFirstRep().getReference()).matches("Observation/\\d+/_history/1");
        assertThat(issue.getDetail()).startsWith("The last potassium is 6.9 mmol/L.");
        assertThat(provenanceOf(issue)).hasSize(1);

        server.client().create().resource(repeat("g-order")).execute();

        var settled = issue("g-order", found -> found.getStatus() == DetectedIssue.DetectedIssueStatus.CANCELLED);
        assertThat(settled.getIdElement().getIdPart())
                .isEqualTo(issue.getIdElement().getIdPart());
        assertThat(Contract.isCurrent(settled)).isFalse();
        var newer = ((Reference) settled.getExtensionByUrl(REPLACED_BY).getValue()).getReference();
        assertThat(server.client()
                        .read()
                        .resource(RiskAssessment.class)
                        .withId(newer)
                        .execute()
                        .getPredictionFirstRep()
                        .getRationale())
                .contains("open: none; answered: severe-hyperkalaemia");
    }

    @Test
    void aMassThatAReportConcludesIsRaisedUntilACtIsOrdered() {
        admit("g-mass", List.of());
        server.client().create().resource(concluding("g-mass", "309529002")).execute();
        discharge(encounter("g-mass"));

        var issue = issue("g-mass", Contract::isCurrent);
        assertThat(issue.getCode().getCodingFirstRep().getCode()).isEqualTo("lung-mass");
        assertThat(issue.getImplicatedFirstRep().getReference()).matches("DiagnosticReport/\\d+/_history/1");

        var order = repeat("g-mass");
        order.setCode(new CodeableConcept(new Coding("http://loinc.org", "24627-2", null)));
        server.client().create().resource(order).execute();

        issue("g-mass", found -> found.getStatus() == DetectedIssue.DetectedIssueStatus.CANCELLED);
    }

    @Test
    void aNoduleThatWasMeasuredInCentimetresIsRaisedUntilItIsImagedByPet() {
        var nodule = potassium("g-nodule", 1.1);
        nodule.setCode(new CodeableConcept(new Coding("http://snomed.info/sct", "427359005", null)));
        nodule.setValue(new Quantity()
                .setValue(1.1)
                .setSystem("http://unitsofmeasure.org")
                .setCode("cm"));
        admit("g-nodule", List.of(nodule));
        discharge(encounter("g-nodule"));

        assertThat(issue("g-nodule", Contract::isCurrent).getDetail())
                .startsWith("The last nodule of the lung measures 11 mm.");

        var pet = new ImagingStudy();
        pet.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
        pet.setSubject(new Reference("Patient/g-nodule"));
        pet.setStarted(new Date());
        pet.addSeries()
                .setUid("2.25.1")
                .getModality()
                .setSystem("http://dicom.nema.org/resources/ontology/DCM")
                .setCode("PT");
        server.client().create().resource(pet).execute();

        issue("g-nodule", found -> found.getStatus() == DetectedIssue.DetectedIssueStatus.CANCELLED);
    }

    @Test
    void anIssueThatAPersonConfirmedIsTheirsAndIsNotRaisedAgain() {
        admit("g-person", List.of(potassium("g-person", 6.9)));
        discharge(encounter("g-person"));
        var issue = issue("g-person", Contract::isCurrent);

        issue.setStatus(DetectedIssue.DetectedIssueStatus.FINAL);
        issue.addMitigation().setAction(new CodeableConcept().setText("Haemolysed sample, seen by Dr. Li"));
        server.client().update().resource(issue).execute();
        var again = predict("Patient/g-person", Contract.model("missed-diagnosis"));

        assertThat(Contract.risk(again).getPredictionFirstRep().getRationale())
                .contains("open: none; answered: severe-hyperkalaemia");
        assertThat(search("DetectedIssue?patient=g-person", DetectedIssue.class))
                .singleElement()
                .matches(kept -> kept.getStatus() == DetectedIssue.DetectedIssueStatus.FINAL && kept.hasMitigation());

        server.client()
                .delete()
                .resourceById(observation("g-person", "2823-3").getIdElement().toUnqualifiedVersionless())
                .execute();

        assertThat(RunningServer.eventually(
                        WAIT,
                        () -> search("Task?patient=g-person", Task.class).stream()
                                .filter(task -> task.getFocus().getReference().startsWith("DetectedIssue/"))
                                .findFirst()))
                .isPresent();
        assertThat(search("DetectedIssue?patient=g-person", DetectedIssue.class))
                .singleElement()
                .matches(kept -> kept.getStatus() == DetectedIssue.DetectedIssueStatus.FINAL);
    }

    @Test
    void aCorrectedValueWithdrawsTheIssueThatRestsOnIt() {
        admit("g-correct", List.of(potassium("g-correct", 6.9)));
        discharge(encounter("g-correct"));
        var issue = issue("g-correct", Contract::isCurrent);

        var value = observation("g-correct", "2823-3");
        value.setValue(quantity(4.2));
        value.setStatus(Observation.ObservationStatus.CORRECTED);
        server.client().update().resource(value).execute();

        issue(
                "g-correct",
                found -> found.getStatus() == DetectedIssue.DetectedIssueStatus.ENTEREDINERROR
                        && found.getIdElement()
                                .getIdPart()
                                .equals(issue.getIdElement().getIdPart()));
        var now = RunningServer.eventually(
                WAIT,
                () -> server.results("g-correct").stream()
                        .filter(Contract::isCurrent)
                        .findFirst());
        assertThat(now)
                .get()
                .matches(risk -> risk.getPredictionFirstRep().getRationale().contains("open: none"));
    }

    @Test
    void anIssueOpensAgainWhenItsAnswerIsTakenBack() {
        admit("g-back", List.of(potassium("g-back", 7.1)));
        discharge(encounter("g-back"));
        var issue = issue("g-back", Contract::isCurrent);
        var diagnosis = server.client()
                .create()
                .resource(hyperkalaemia("g-back"))
                .execute()
                .getId();
        issue("g-back", found -> found.getStatus() == DetectedIssue.DetectedIssueStatus.CANCELLED);

        server.client()
                .delete()
                .resourceById(diagnosis.toUnqualifiedVersionless())
                .execute();

        var reopened = issue(
                "g-back",
                found -> found.getStatus() == DetectedIssue.DetectedIssueStatus.PRELIMINARY
                        && Contract.isCurrent(found));
        assertThat(reopened.getIdElement().getIdPart())
                .isEqualTo(issue.getIdElement().getIdPart());
        assertThat(reopened.hasExtension(REPLACED_BY)).isFalse();
    }

    @Test
    void nobodyIsAskedAboutWhoseRecordHasNothingOpen() {
        admit("g-calm", List.of(potassium("g-calm", 4.0)));
        discharge(encounter("g-calm"));
        var first = RunningServer.eventually(
                WAIT, () -> server.results("g-calm").stream().findFirst());
        assertThat(first)
                .get()
                .matches(risk -> risk.getPredictionFirstRep()
                        .getQualitativeRisk()
                        .getText()
                        .equals("nothing open"));
        var asked = questions("Patient/g-calm");

        server.client().create().resource(repeat("g-calm")).execute();
        server.client().create().resource(hyperkalaemia("g-calm")).execute();

        assertThat(questions("Patient/g-calm")).isEqualTo(asked);
        assertThat(search("DetectedIssue?patient=g-calm", DetectedIssue.class)).isEmpty();
    }

    @Test
    void itIsAskedOnDemandAboutAnEncounterAndStoresNothingWithoutPersist() {
        admit("g-demand", List.of(potassium("g-demand", 6.6)));
        var stay = encounter("g-demand");

        var parameters = Contract.model("missed-diagnosis");
        parameters.addParameter(Contract.flag("persist", false));
        var answer = predict("Encounter/" + stay.getIdElement().getIdPart(), parameters);

        assertThat(Contract.all(answer, DetectedIssue.class))
                .singleElement()
                .matches(issue -> issue.getCode().getCodingFirstRep().getCode().equals("severe-hyperkalaemia"));
        assertThat(search("DetectedIssue?patient=g-demand", DetectedIssue.class))
                .isEmpty();
    }

    @Test
    void whoOptedOutGetsNone() {
        admit("g-consent", List.of(potassium("g-consent", 6.9)));
        var consent = new Consent();
        consent.setStatus(Consent.ConsentState.ACTIVE);
        consent.getScope()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null));
        consent.addCategory().addCoding(new Coding("http://loinc.org", "59284-0", null));
        consent.setPatient(new Reference("Patient/g-consent"));
        consent.getProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addCode()
                .addCoding(new Coding("https://auspex-fhir.org/fhir/CodeSystem/consent", "automated-prediction", null));
        server.client().create().resource(consent).execute();

        discharge(encounter("g-consent"));

        assertThat(RunningServer.eventually(
                        WAIT,
                        () -> abstentions("Patient/g-consent", "missed-diagnosis").stream()
                                .findFirst()))
                .get()
                .asString()
                .contains("opted out");
        assertThat(search("DetectedIssue?patient=g-consent", DetectedIssue.class))
                .isEmpty();
    }

    private DetectedIssue issue(String patient, Predicate<DetectedIssue> wanted) {
        return RunningServer.eventually(
                        WAIT,
                        () -> server.search("DetectedIssue?patient=" + patient).stream()
                                .map(DetectedIssue.class::cast)
                                .filter(wanted)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("no such issue among "
                        + server.search("DetectedIssue?patient=" + patient).stream()
                                .map(Resource::getId)
                                .toList()
                        + "; worklist: "
                        + jdbc().queryForList(
                                        "select kind, cause, state, reason from auspex_work where patient = ?",
                                        "Patient/" + patient)));
    }

    private Encounter encounter(String patient) {
        var stay = new Encounter();
        stay.setStatus(Encounter.EncounterStatus.INPROGRESS);
        stay.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
        stay.setSubject(new Reference("Patient/" + patient));
        stay.getPeriod().setStart(Date.from(Instant.now().minus(2, ChronoUnit.DAYS)));
        stay.setId(server.client().create().resource(stay).execute().getId());
        return stay;
    }

    private void discharge(Encounter stay) {
        stay.setStatus(Encounter.EncounterStatus.FINISHED);
        stay.getPeriod().setEnd(new Date());
        server.client().update().resource(stay).execute();
    }

    private static Observation potassium(String patient, double value) {
        var potassium = Vitals.measured(patient, "2823-3", value);
        potassium.setValue(quantity(value));
        potassium.setEffective(new DateTimeType(Date.from(Instant.now().minusSeconds(3600))));
        return potassium;
    }

    private static Quantity quantity(double value) {
        return new Quantity()
                .setValue(value)
                .setSystem("http://unitsofmeasure.org")
                .setCode("mmol/L")
                .setUnit("mmol/L");
    }

    private static DiagnosticReport concluding(String patient, String finding) {
        var report = new DiagnosticReport();
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        report.setSubject(new Reference("Patient/" + patient));
        report.setCode(new CodeableConcept().setText("Computed tomography of the chest"));
        report.setEffective(new DateTimeType(Date.from(Instant.now().minusSeconds(3600))));
        report.addConclusionCode(new CodeableConcept(new Coding("http://snomed.info/sct", finding, null)));
        return report;
    }

    private static ServiceRequest repeat(String patient) {
        var order = new ServiceRequest();
        order.setStatus(ServiceRequest.ServiceRequestStatus.ACTIVE);
        order.setIntent(ServiceRequest.ServiceRequestIntent.ORDER);
        order.setSubject(new Reference("Patient/" + patient));
        order.setCode(new CodeableConcept(new Coding("http://loinc.org", "2823-3", null)));
        order.setAuthoredOn(new Date());
        return order;
    }

    private static Condition hyperkalaemia(String patient) {
        var condition = new Condition();
        condition.setSubject(new Reference("Patient/" + patient));
        condition.setCode(new CodeableConcept(new Coding("http://hl7.org/fhir/sid/icd-10", "E87.5", null)));
        condition.getClinicalStatus().addCoding().setCode("active");
        condition.setRecordedDate(new Date());
        return condition;
    }
}
