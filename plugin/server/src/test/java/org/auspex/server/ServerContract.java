package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What users are promised, over HTTP; each database runs all of it. */
abstract class ServerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    public abstract RunningServer server();

    // Door 2: the server notices.

    @Test
    void aStoredObservationBecomesASearchableResultWithinTwoSeconds() {
        admit("p-notice", Vitals.allButPulse("p-notice"));
        warmUp();

        var begun = Instant.now();
        server().client()
                .create()
                .resource(Vitals.measured("p-notice", "8867-4", 135))
                .execute();
        var result = await("p-notice");

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(result.getStatus()).isEqualTo(RiskAssessment.RiskAssessmentStatus.PRELIMINARY);
        assertThat(result.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
        assertThat(isCurrent(result)).isTrue();
        assertThat(result.getBasis())
                .hasSize(7)
                .allMatch(basis -> basis.getReference().contains("/_history/1"));
        assertThat(result.getPredictionFirstRep()
                        .getQualitativeRisk()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("low-medium");
        assertThat(result.getPredictionFirstRep().getRationale())
                .contains("pulse 3")
                .doesNotContain("\n");
    }

    @Test
    void aScoreIsAnObservationWithItsItemsAndADeviceAndAProvenance() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-score"));
        observations.add(Vitals.measured("p-score", "8867-4", 95));
        admit("p-score", observations);

        var result = await("p-score");

        var score = score("p-score").get(0);
        assertThat(score.getValueQuantity().getValue()).isEqualByComparingTo("1");
        assertThat(score.getValueQuantity().getCode()).isEqualTo("{score}");
        assertThat(score.getComponent()).hasSize(7);
        assertThat(score.getDerivedFrom()).hasSize(7);
        var device = server().client()
                .read()
                .resource(Device.class)
                .withId("auspex-news2-1.0.0")
                .execute();
        assertThat(device.getType().getCodingFirstRep().getCode()).isEqualTo("Artificial-Intelligence");
        var provenance = provenanceOf(result);
        assertThat(provenance).hasSize(1);
        assertThat(provenance.get(0).getTarget())
                .allMatch(target -> target.getReference().contains("/_history/"));
        assertThat(provenance.get(0).getEntity()).hasSize(8);
        assertThat(provenance.get(0).getAgentFirstRep().getWho().getReference()).isEqualTo("Device/auspex-news2-1.0.0");
    }

    @Test
    void aNewTagIsNoNewEvidenceAndResultsTriggerNothing() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-tag"));
        observations.add(Vitals.measured("p-tag", "8867-4", 70));
        admit("p-tag", observations);
        await("p-tag");
        var asked = questions("Patient/p-tag");

        var pulse = observation("p-tag", "8867-4");
        server().client()
                .meta()
                .add()
                .onResource(pulse.getIdElement().toUnqualifiedVersionless())
                .meta(new Meta().addTag("urn:test", "seen", "Seen"))
                .execute();

        assertThat(questions("Patient/p-tag")).isEqualTo(asked);
        assertThat(server().results("p-tag")).hasSize(1);
        assertThat(jdbc().queryForList("select id from auspex_work where cause like 'RiskAssessment/%'"))
                .isEmpty();
    }

    @Test
    void aRolledBackTransactionLeavesNothing() {
        admit("p-rollback", List.of());
        var bundle = Vitals.transaction(Vitals.patient("p-rollback", "1950-01-01"), Vitals.allButPulse("p-rollback"));
        var dangling = Vitals.measured("nobody-here", "8867-4", 70);
        bundle.addEntry()
                .setResource(dangling)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Observation");

        assertThatThrownBy(
                        () -> server().client().transaction().withBundle(bundle).execute())
                .isInstanceOf(BaseServerResponseException.class);

        assertThat(questions("Patient/p-rollback")).isZero();
    }

    @Test
    void aWriteGoesThroughWithoutTheWorklistAndTheSweepFindsIt() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-sweep"));
        admit("p-sweep", observations);
        jdbc().execute("alter table auspex_work rename to auspex_work_away");
        try {
            server().client()
                    .create()
                    .resource(Vitals.measured("p-sweep", "8867-4", 70))
                    .execute();
        } finally {
            jdbc().execute("alter table auspex_work_away rename to auspex_work");
        }

        assertThat(await("p-sweep").getPredictionFirstRep().getRationale()).startsWith("news2|1.0.0 0");
    }

    @Test
    void backfilledHistoryAsksForNothing() {
        var old = Vitals.measured("p-old", "8867-4", 70);
        old.setEffective(new DateTimeType("2019-01-01T10:00:00Z"));

        admit("p-old", List.of(old));

        assertThat(questions("Patient/p-old")).isZero();
    }

    @Test
    void aQuestionnaireThatArrivesLastCompletesTheHeartScoreAndItsAmendmentMakesItAgain() {
        store(ChestPain.admission("p-form", ChestPain.troponin("p-form", 30), ChestPain.hypertension("p-form")));
        assertThat(heartScores("p-form")).isEmpty();

        var form = server().client()
                .create()
                .resource(ChestPain.answers("p-form", "moderately-suspicious", "non-specific-repolarisation"))
                .execute();
        var first = awaitHeart("p-form", "6");

        assertThat(first.getBasis())
                .anyMatch(basis -> basis.getReference()
                        .equals("QuestionnaireResponse/" + form.getId().getIdPart() + "/_history/1"));
        assertThat(first.getPredictionFirstRep().getProbabilityDecimalType().getValue())
                .isEqualByComparingTo("16.6");
        assertThat(first.getPredictionFirstRep()
                        .getQualitativeRisk()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("moderate");

        var amended = ChestPain.answers("p-form", "highly-suspicious", "significant-st-deviation");
        amended.setId(form.getId().toUnqualifiedVersionless());
        amended.setStatus(org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus.AMENDED);
        server().client().update().resource(amended).execute();

        assertThat(awaitHeart("p-form", "8")
                        .getPredictionFirstRep()
                        .getProbabilityDecimalType()
                        .getValue())
                .isEqualByComparingTo("50.1");
        awaitStatus(first, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
    }

    @Test
    void codedJudgementsCompleteTheHeartScoreWhicheverComesLast() {
        store(ChestPain.admission(
                "p-coded",
                ChestPain.troponin("p-coded", 50),
                ChestPain.judged("p-coded", "heart-history", "slightly-suspicious")));

        server().client()
                .create()
                .resource(ChestPain.judged("p-coded", "heart-ecg", "normal-ecg"))
                .execute();

        assertThat(awaitHeart("p-coded", "4").getBasis()).hasSize(4);

        store(ChestPain.admission(
                "p-blood",
                ChestPain.judged("p-blood", "heart-history", "slightly-suspicious"),
                ChestPain.judged("p-blood", "heart-ecg", "normal-ecg")));
        server().client().create().resource(ChestPain.troponin("p-blood", 5)).execute();

        assertThat(awaitHeart("p-blood", "2")
                        .getPredictionFirstRep()
                        .getProbabilityDecimalType()
                        .getValue())
                .isEqualByComparingTo("1.7");
    }

    @Test
    void anUnfinishedQuestionnaireIsNoJudgement() {
        var draft = ChestPain.answers("p-draft", "highly-suspicious", "normal-ecg");
        draft.setStatus(org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus.INPROGRESS);
        store(ChestPain.admission("p-draft", ChestPain.troponin("p-draft", 5), draft));

        assertThatThrownBy(() -> predict("Patient/p-draft", model("heart")))
                .isInstanceOfSatisfying(
                        UnprocessableEntityException.class,
                        refused -> assertThat(((OperationOutcome) refused.getOperationOutcome()).getIssue())
                                .extracting(OperationOutcome.OperationOutcomeIssueComponent::getDiagnostics)
                                .anySatisfy(words -> assertThat(words)
                                        .contains("heart|1.0.0: history: no usable value within 24 hours")));
    }

    // Door 1: a client asks.

    @Test
    void predictAnswersOnAllLevelsAndTwiceTheSameIsOneResult() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-ask"));
        observations.add(Vitals.measured("p-ask", "8867-4", 70));
        admit("p-ask", observations);
        var stored = await("p-ask");
        var encounter = new org.hl7.fhir.r4.model.Encounter();
        encounter.setStatus(org.hl7.fhir.r4.model.Encounter.EncounterStatus.INPROGRESS);
        encounter.getClass_().setCode("IMP");
        encounter.setSubject(new Reference("Patient/p-ask"));
        var visit = server().client().create().resource(encounter).execute().getId();

        var onPatient = risk(predict("Patient/p-ask", model("news2")));
        var onSystem = risk(predict("", model("news2").addParameter(subject("Patient/p-ask"))));
        var onEncounter = risk(predict("Encounter/" + visit.getIdPart(), model("news2|1.0.0")));

        assertThat(List.of(onPatient, onSystem, onEncounter))
                .allMatch(risk -> risk.getIdElement()
                        .getIdPart()
                        .equals(stored.getIdElement().getIdPart()));
        assertThat(server().results("p-ask")).hasSize(1);
    }

    @Test
    void askedAtOnceFromManySidesThereIsOneResult() throws Exception {
        var observations = new ArrayList<>(Vitals.allButPulse("p-race"));
        observations.add(Vitals.measured("p-race", "8867-4", 70));
        var threads = Executors.newFixedThreadPool(8);
        admit("p-race", observations);

        List<Callable<RiskAssessment>> asks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asks.add(() -> risk(predict("Patient/p-race", model("news2"))));
        }
        var answers = threads.invokeAll(asks);
        threads.shutdown();
        var ids = new java.util.HashSet<String>();
        for (var answer : answers) {
            ids.add(answer.get().getIdElement().getIdPart());
        }

        assertThat(ids).hasSize(1);
        assertThat(server().results("p-race")).hasSize(1);
        assertThat(provenanceOf(server().results("p-race").get(0))).hasSize(1);
    }

    @Test
    void aNetworkAnswersWithPercentBandsAndAnExplanation() {
        var pain = Vitals.measured("p-heart", "8480-6", 140);
        var type = new Observation();
        type.setStatus(Observation.ObservationStatus.FINAL);
        type.setCode(new CodeableConcept(
                new Coding("https://auspex-fhir.org/fhir/CodeSystem/measurement", "chest-pain-type", null)));
        type.setSubject(new Reference("Patient/p-heart"));
        type.setEffective(new DateTimeType(new java.util.Date()));
        type.setValue(new CodeableConcept(new Coding("http://snomed.info/sct", "429559004", "Typical angina")));
        admit("p-heart", List.of(pain, type));
        await("p-heart");

        var answer = predict("Patient/p-heart", model("coronary-disease").addParameter(flag("explain", true)));

        var prediction = risk(answer).getPredictionFirstRep();
        assertThat(prediction.getProbabilityDecimalType().getValue().doubleValue())
                .isBetween(1.0, 99.0);
        assertThat(prediction.getOutcome().getCodingFirstRep().getCode()).isEqualTo("53741008");
        assertThat(prediction.getRationale()).contains("from 4 of 13 inputs");
        var explanation = all(answer, Observation.class).get(0);
        assertThat(explanation.getMethod().getText()).isEqualTo("occlusion");
        assertThat(explanation.getComponent()).hasSize(13);
        assertThat(explanation.getComponentFirstRep().getExtension()).isNotEmpty();
    }

    @Test
    void whatIsSentAsDataIsAnsweredAndNeverStored() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-data"));
        observations.add(Vitals.measured("p-data", "8867-4", 135));
        var data = new Bundle().setType(Bundle.BundleType.COLLECTION);
        data.addEntry().setResource(Vitals.patient("p-data", "1950-01-01"));
        observations.forEach(observation -> data.addEntry().setResource(observation));
        var parameters = model("news2");
        parameters.addParameter().setName("data").setResource(data);

        var answer = predict("", parameters);

        assertThat(risk(answer).getPredictionFirstRep().getRationale()).contains("pulse 3");
        assertThat(all(answer, Provenance.class)).hasSize(1);
        assertThat(server().results("p-data")).isEmpty();
        assertThatThrownBy(() -> server().client()
                        .read()
                        .resource(Patient.class)
                        .withId("p-data")
                        .execute())
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void withPersistFalseNothingIsStored() {
        admit("p-unstored", List.of());
        Vitals.allButPulse("p-unstored")
                .forEach(o -> server().client().create().resource(o).execute());
        var pulse = Vitals.measured("p-unstored", "8867-4", 70);
        pulse.setEffective(new DateTimeType(java.util.Date.from(Instant.now().minus(Duration.ofHours(25)))));
        server().client().create().resource(pulse).execute();
        var asOf = new DateTimeType(java.util.Date.from(Instant.now()));

        assertThatThrownBy(() -> predict(
                        "Patient/p-unstored",
                        model("news2")
                                .addParameter(flag("persist", false))
                                .addParameter(new Parameters.ParametersParameterComponent(new StringType("asOf"))
                                        .setValue(asOf))))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("pulse");
        assertThat(server().results("p-unstored")).isEmpty();
    }

    // What the site says of its patients and its codes.

    @Test
    void aPatientWhoOptedOutGetsNoPredictionFromEitherDoor() {
        admit("p-consent", List.of());
        var consent = new Consent();
        consent.setStatus(Consent.ConsentState.ACTIVE);
        consent.getScope()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null));
        consent.addCategory().addCoding(new Coding("http://loinc.org", "59284-0", null));
        consent.setPatient(new Reference("Patient/p-consent"));
        consent.getProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addCode()
                .addCoding(new Coding("https://auspex-fhir.org/fhir/CodeSystem/consent", "automated-prediction", null));
        var stored = server().client().create().resource(consent).execute().getId();
        var observations = new ArrayList<>(Vitals.allButPulse("p-consent"));
        observations.add(Vitals.measured("p-consent", "8867-4", 70));
        admit("p-consent", observations);

        assertThatThrownBy(() -> predict("Patient/p-consent", model("news2")))
                .isInstanceOf(UnprocessableEntityException.class)
                .satisfies(refused -> assertThat(((BaseServerResponseException) refused).getResponseBody())
                        .contains("opted out"));
        assertThat(RunningServer.eventually(
                        PATIENCE,
                        () -> Optional.of(abstentions("Patient/p-consent", "news2"))
                                .filter(reasons -> !reasons.isEmpty())))
                .get(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                .allMatch(reason -> reason.contains("opted out"));
        assertThat(server().results("p-consent")).isEmpty();

        consent.setId(stored.toUnqualifiedVersionless());
        consent.setStatus(Consent.ConsentState.INACTIVE);
        server().client().update().resource(consent).execute();

        assertThat(risk(predict("Patient/p-consent", model("news2")))
                        .getPredictionFirstRep()
                        .getRationale())
                .startsWith("news2|1.0.0 0");
    }

    @Test
    void evidenceOfAMergedPatientCountsForTheOneThatRemains() {
        admit("p-replaced", Vitals.allButPulse("p-replaced"));
        var remaining = Vitals.patient("p-remaining", "1950-01-01");
        remaining.addLink().setType(Patient.LinkType.REPLACES).setOther(new Reference("Patient/p-replaced"));
        server().client().update().resource(remaining).execute();
        var replaced = Vitals.patient("p-replaced", "1950-01-01");
        replaced.setActive(false);
        replaced.addLink().setType(Patient.LinkType.REPLACEDBY).setOther(new Reference("Patient/p-remaining"));
        server().client().update().resource(replaced).execute();

        server().client()
                .create()
                .resource(Vitals.measured("p-remaining", "8867-4", 135))
                .execute();

        var result = await("p-remaining");
        assertThat(result.getPredictionFirstRep().getRationale()).startsWith("news2|1.0.0 3: pulse 3");
        assertThat(result.getBasis()).hasSize(7);
        assertThatThrownBy(() -> predict("Patient/p-replaced", model("news2")))
                .satisfies(refused -> assertThat(((BaseServerResponseException) refused).getResponseBody())
                        .contains("merged into Patient/p-remaining"));
    }

    @Test
    void aLocalCodeIsReadAndTriggersThroughAStoredConceptMap() {
        admit("p-local", Vitals.allButPulse("p-local"));
        var local = Vitals.measured("p-local", "8867-4", 135);
        local.getCode().getCodingFirstRep().setSystem("https://example.org/lab").setCode("PULSE");
        assertThatThrownBy(() -> predict("Patient/p-local", model("news2")))
                .isInstanceOf(UnprocessableEntityException.class);
        var map = new ConceptMap();
        map.setUrl("https://example.org/fhir/ConceptMap/lab-to-loinc");
        map.setStatus(org.hl7.fhir.r4.model.Enumerations.PublicationStatus.ACTIVE);
        var group = map.addGroup();
        group.setSource("https://example.org/lab").setTarget("http://loinc.org");
        group.addElement()
                .setCode("PULSE")
                .addTarget()
                .setCode("8867-4")
                .setEquivalence(org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence.EQUIVALENT);
        server().client().create().resource(map).execute();

        server().client().create().resource(local).execute();

        assertThat(await("p-local").getPredictionFirstRep().getRationale()).startsWith("news2|1.0.0 3: pulse 3");
    }

    /** Why a model said nothing about a subject, by the worklist. */
    private List<String> abstentions(String subject, String model) {
        return jdbc().queryForList(
                        "select reason from auspex_work where state = 'abstained' and subject = ? and model_name = ?",
                        String.class,
                        subject,
                        model);
    }

    // Errors.

    @Test
    void aMedicineNamedByReferenceIsEvidenceAndFallsOnlyWhenItIsInError() {
        var medicine = server().client()
                .create()
                .resource(ChestPain.ramipril())
                .execute()
                .getId();
        var order = ChestPain.order("p-drug", medicine.toUnqualifiedVersionless());
        store(ChestPain.admission(
                "p-drug",
                Vitals.measured("p-drug", "8480-6", 140),
                Vitals.measured("p-drug", "2160-0", 1.0),
                Vitals.measured("p-drug", "39156-5", 27),
                ChestPain.neverSmoked("p-drug")));
        var ordered = server().client().create().resource(order).execute().getId();

        var risk = risk(predict("Patient/p-drug", model("prevent")));

        assertThat(risk.getBasis())
                .anyMatch(basis ->
                        basis.getReference().equals("MedicationRequest/" + ordered.getIdPart() + "/_history/1"));

        order.setId(ordered.toUnqualifiedVersionless());
        order.addNote().setText("Take it in the morning");
        server().client().update().resource(order).execute();
        assertThat(isReviewed("MedicationRequest/" + ordered.getIdPart())).isTrue();
        awaitStatus(risk, RiskAssessment.RiskAssessmentStatus.PRELIMINARY);

        order.setStatus(org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus.ENTEREDINERROR);
        server().client().update().resource(order).execute();
        awaitStatus(risk, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
    }

    @Test
    void everyErrorNamesTheValueAndTheRemedy() {
        admit("p-error", List.of(Vitals.measured("p-error", "8867-4", 70)));

        assertThatThrownBy(() -> predict("Patient/p-error", model("nonsense")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("nonsense")
                .hasMessageContaining("news2|1.0.0");
        assertThatThrownBy(() -> predict("Patient/not-there", model("news2")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Patient/not-there");
        var misspelt = new Parameters();
        misspelt.addParameter("modell", "news2");
        misspelt.addParameter("asOf", new DateTimeType("2999-01-01T00:00:00Z"));
        assertThatThrownBy(() -> predict("Patient/p-error", misspelt))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("modell")
                .hasMessageContaining("future");
        assertThatThrownBy(() -> predict("", new Parameters().addParameter("model", "news2")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Name a subject");
    }

    @Test
    void missingInputsAreNamedWithCodesAndWindow() {
        admit("p-gaps", List.of(Vitals.measured("p-gaps", "8867-4", 70)));

        assertThatThrownBy(() -> predict("Patient/p-gaps", model("news2")))
                .isInstanceOfSatisfying(UnprocessableEntityException.class, refused -> {
                    var issues = ((OperationOutcome) refused.getOperationOutcome()).getIssue();
                    assertThat(issues).hasSize(6);
                    assertThat(issues)
                            .anyMatch(issue -> issue.getDiagnostics().contains("temperature")
                                    && issue.getDiagnostics().contains("8310-5")
                                    && issue.getDiagnostics().contains("24 hours"));
                });
        var unnamed = predict("Patient/p-gaps", new Parameters());
        assertThat(all(unnamed, GuidanceResponse.class))
                .hasSizeGreaterThan(2)
                .allMatch(guidance -> guidance.getStatus() == GuidanceResponse.GuidanceResponseStatus.DATAREQUIRED);
    }

    @Test
    void aValueInTheWrongUnitIsRefusedByName() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-unit"));
        var pulse = Vitals.measured("p-unit", "8867-4", 70);
        pulse.getValueQuantity().setCode("mg/dL").setUnit("mg/dL");
        observations.add(pulse);
        admit("p-unit", observations);

        assertThatThrownBy(() -> predict("Patient/p-unit", model("news2")))
                .isInstanceOfSatisfying(
                        UnprocessableEntityException.class,
                        refused -> assertThat(((OperationOutcome) refused.getOperationOutcome()).getIssue())
                                .singleElement()
                                .satisfies(issue -> assertThat(issue.getDiagnostics())
                                        .contains("pulse")
                                        .contains("mg/dL")));
    }

    // Withdrawal.

    @Test
    void aCorrectedValueWithdrawsTheResultAndPredictsAgain() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-correct"));
        observations.add(Vitals.measured("p-correct", "8867-4", 70));
        admit("p-correct", observations);
        var before = await("p-correct");
        var pulse = observation("p-correct", "8867-4");

        pulse.setValue(new Quantity()
                .setValue(140)
                .setSystem("http://unitsofmeasure.org")
                .setCode("/min"));
        server().client().update().resource(pulse).execute();

        var withdrawn = awaitStatus(before, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        assertThat(isCurrent(withdrawn)).isFalse();
        assertThat(withdrawn.getBasis()).allMatch(basis -> basis.getReference().contains("/_history/1"));
        assertThat(provenanceOf(withdrawn))
                .anyMatch(provenance -> provenance.getActivity().getText() != null
                        && provenance.getActivity().getText().contains("corrected"));
        var after = RunningServer.eventually(
                        PATIENCE,
                        () -> server().results("p-correct").stream()
                                .filter(ServerContract::isCurrent)
                                .findFirst())
                .orElseThrow();
        assertThat(after.getPredictionFirstRep().getRationale()).contains("pulse 3");
    }

    @Test
    void evidenceEnteredInErrorWithdrawsTheResultAndItsScore() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-error2"));
        observations.add(Vitals.measured("p-error2", "8867-4", 70));
        admit("p-error2", observations);
        var before = await("p-error2");
        var pulse = observation("p-error2", "8867-4");

        pulse.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        server().client().update().resource(pulse).execute();

        awaitStatus(before, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        assertThat(score("p-error2"))
                .singleElement()
                .matches(score -> score.getStatus() == Observation.ObservationStatus.ENTEREDINERROR);
    }

    @Test
    void ourResultsBlockNoClinicalDeleteAndAreWithdrawn() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-delete"));
        observations.add(Vitals.measured("p-delete", "8867-4", 70));
        admit("p-delete", observations);
        var before = await("p-delete");

        server().client()
                .delete()
                .resourceById(observation("p-delete", "8867-4").getIdElement().toUnqualifiedVersionless())
                .execute();

        awaitStatus(before, RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
    }

    @Test
    void aConfirmedResultIsNeverChangedButATaskAsks() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-confirmed"));
        observations.add(Vitals.measured("p-confirmed", "8867-4", 70));
        admit("p-confirmed", observations);
        var result = await("p-confirmed");
        result.setStatus(RiskAssessment.RiskAssessmentStatus.FINAL);
        server().client().update().resource(result).execute();

        server().client()
                .delete()
                .resourceById(
                        observation("p-confirmed", "8867-4").getIdElement().toUnqualifiedVersionless())
                .execute();

        var task = RunningServer.eventually(
                PATIENCE,
                () -> search("Task?patient=p-confirmed", Task.class).stream().findFirst());
        assertThat(task).get().matches(asked -> asked.getStatus() == Task.TaskStatus.REQUESTED);
        assertThat(server().results("p-confirmed"))
                .singleElement()
                .matches(kept -> kept.getStatus() == RiskAssessment.RiskAssessmentStatus.FINAL);
    }

    @Test
    void theOperationIsInTheCapabilityStatementWithItsDefinition() {
        var capabilities = server().client()
                .capabilities()
                .ofType(CapabilityStatement.class)
                .execute();

        assertThat(capabilities.getRestFirstRep().getOperation())
                .anyMatch(operation -> operation.getName().equals("predict")
                        && operation.getDefinition().contains("OperationDefinition/predict"));
        assertThat(search(
                        "OperationDefinition?url=https://auspex-fhir.org/fhir/OperationDefinition/predict",
                        Resource.class))
                .hasSize(1);
    }

    // Words of the sentences above.

    private void admit(String patient, List<Observation> observations) {
        server().client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient(patient, "1950-01-01"), observations))
                .execute();
    }

    private void store(Bundle transaction) {
        server().client().transaction().withBundle(transaction).execute();
    }

    /** The RiskAssessment of HEART beside a score of so many points. */
    private RiskAssessment awaitHeart(String patient, String points) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> heartScores(patient).stream()
                                .filter(score -> isCurrent(score)
                                        && score.getValueQuantity()
                                                .getValue()
                                                .toPlainString()
                                                .equals(points))
                                .findFirst())
                .flatMap(score -> server().results(patient).stream()
                        .filter(risk -> isCurrent(risk)
                                && risk.getPerformer().getReference().equals("Device/auspex-heart-1.0.0"))
                        .findFirst())
                .orElseThrow(
                        () -> new AssertionError("no HEART score of " + points + " about " + patient + "; worklist: "
                                + jdbc().queryForList(
                                                "select model, cause, state, reason from auspex_work where subject = ?",
                                                "Patient/" + patient)));
    }

    /** Whether a change of a resource was looked at, within the time that anyone waits for it. */
    private boolean isReviewed(String resource) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> jdbc()
                                .queryForList(
                                        "select id from auspex_work where kind = 'REVIEW' and state = 'done' and cause like ?",
                                        resource + "%")
                                .stream()
                                .findFirst())
                .isPresent();
    }

    private List<Observation> heartScores(String patient) {
        return search(
                "Observation?patient=" + patient
                        + "&code=https://auspex-fhir.org/fhir/CodeSystem/measurement%7Cheart-score",
                Observation.class);
    }

    /** One result before time is taken, so that what is measured is not the loading of classes. */
    private void warmUp() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-warm"));
        observations.add(Vitals.measured("p-warm", "8867-4", 70));
        admit("p-warm", observations);
        await("p-warm");
    }

    private RiskAssessment await(String patient) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> server().results(patient).stream()
                                .filter(ServerContract::isCurrent)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("no result about " + patient + "; worklist: "
                        + jdbc().queryForList(
                                        "select cause, state, reason from auspex_work where subject = ?",
                                        "Patient/" + patient)));
    }

    private RiskAssessment awaitStatus(RiskAssessment result, RiskAssessment.RiskAssessmentStatus status) {
        return RunningServer.eventually(
                        PATIENCE,
                        () -> Optional.of(server().client()
                                        .read()
                                        .resource(RiskAssessment.class)
                                        .withId(result.getIdElement().getIdPart())
                                        .execute())
                                .filter(found -> found.getStatus() == status))
                .orElseThrow(() -> new AssertionError("never became " + status + "; worklist: "
                        + jdbc().queryForList(
                                        "select kind, cause, state, reason from auspex_work where kind = 'REVIEW'")));
    }

    private static boolean isCurrent(Resource resource) {
        return resource.getMeta().getTag("https://auspex-fhir.org/fhir/CodeSystem/state", "current") != null;
    }

    private Observation observation(String patient, String loinc) {
        return search("Observation?patient=" + patient + "&code=http://loinc.org%7C" + loinc, Observation.class)
                .get(0);
    }

    private List<Observation> score(String patient) {
        return search(
                "Observation?patient=" + patient + "&code=http://snomed.info/sct%7C1104051000000101",
                Observation.class);
    }

    private List<Provenance> provenanceOf(Resource result) {
        return search(
                "Provenance?target=" + result.fhirType() + "/"
                        + result.getIdElement().getIdPart(),
                Provenance.class);
    }

    private <T extends Resource> List<T> search(String url, Class<T> type) {
        return all(
                server().client().search().byUrl(url).returnBundle(Bundle.class).execute(), type);
    }

    private long questions(String subject) {
        return Optional.ofNullable(jdbc().queryForObject(
                                "select count(*) from auspex_work where kind = 'PREDICT' and subject = ?",
                                Long.class,
                                subject))
                .orElse(0L);
    }

    private JdbcTemplate jdbc() {
        return new JdbcTemplate(server().bean(javax.sql.DataSource.class));
    }

    private Bundle predict(String instance, Parameters parameters) {
        var operation = server().client().operation();
        return (instance.isEmpty() ? operation.onServer() : operation.onInstance(instance))
                .named("$predict")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();
    }

    private static Parameters model(String name) {
        return new Parameters().addParameter("model", name);
    }

    private static Parameters.ParametersParameterComponent subject(String reference) {
        return new Parameters.ParametersParameterComponent(new StringType("subject"))
                .setValue(new Reference(reference));
    }

    private static Parameters.ParametersParameterComponent flag(String name, boolean value) {
        return new Parameters.ParametersParameterComponent(new StringType(name)).setValue(new BooleanType(value));
    }

    private static RiskAssessment risk(Bundle answer) {
        return all(answer, RiskAssessment.class).get(0);
    }

    private static <T extends Resource> List<T> all(Bundle bundle, Class<T> type) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
