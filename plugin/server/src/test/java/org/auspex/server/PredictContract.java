package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** Door 1, a client asks, on each database. */
interface PredictContract extends Contract {

    @Test
    default void predictAnswersOnAllLevelsAndTwiceTheSameIsOneResult() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-ask"));
        observations.add(Vitals.measured("p-ask", "8867-4", 70));
        admit("p-ask", observations);
        var stored = await("p-ask");
        var encounter = new org.hl7.fhir.r4.model.Encounter();
        encounter.setStatus(org.hl7.fhir.r4.model.Encounter.EncounterStatus.INPROGRESS);
        encounter.getClass_().setCode("IMP");
        encounter.setSubject(new Reference("Patient/p-ask"));
        var visit = server().client().create().resource(encounter).execute().getId();

        var onPatient = Contract.risk(predict("Patient/p-ask", Contract.model("news2")));
        var onSystem =
                Contract.risk(predict("", Contract.model("news2").addParameter(Contract.subject("Patient/p-ask"))));
        var onEncounter = Contract.risk(predict("Encounter/" + visit.getIdPart(), Contract.model("news2|1.0.0")));

        assertThat(List.of(onPatient, onSystem, onEncounter))
                .allMatch(risk -> risk.getIdElement()
                        .getIdPart()
                        .equals(stored.getIdElement().getIdPart()));
        assertThat(server().results("p-ask")).hasSize(1);
    }

    @Test
    default void askedAtOnceFromManySidesThereIsOneResult() throws Exception {
        var observations = new ArrayList<>(Vitals.allButPulse("p-race"));
        observations.add(Vitals.measured("p-race", "8867-4", 70));
        var threads = Executors.newFixedThreadPool(8);
        admit("p-race", observations);

        List<Callable<RiskAssessment>> asks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asks.add(() -> Contract.risk(predict("Patient/p-race", Contract.model("news2"))));
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
    default void aNetworkAnswersWithPercentBandsAndAnExplanation() {
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

        var answer = predict(
                "Patient/p-heart", Contract.model("coronary-disease").addParameter(Contract.flag("explain", true)));

        var prediction = Contract.risk(answer).getPredictionFirstRep();
        assertThat(prediction.getProbabilityDecimalType().getValue().doubleValue())
                .isBetween(1.0, 99.0);
        assertThat(prediction.getOutcome().getCodingFirstRep().getCode()).isEqualTo("53741008");
        assertThat(prediction.getRationale()).contains("from 4 of 13 inputs");
        var explanation = Contract.all(answer, Observation.class).get(0);
        assertThat(explanation.getMethod().getText()).isEqualTo("occlusion");
        assertThat(explanation.getComponent()).hasSize(13);
        assertThat(explanation.getComponentFirstRep().getExtension()).isNotEmpty();
    }

    @Test
    default void whatIsSentAsDataIsAnsweredAndNeverStored() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-data"));
        observations.add(Vitals.measured("p-data", "8867-4", 135));
        var data = new Bundle().setType(Bundle.BundleType.COLLECTION);
        data.addEntry().setResource(Vitals.patient("p-data", "1950-01-01"));
        observations.forEach(observation -> data.addEntry().setResource(observation));
        var parameters = Contract.model("news2");
        parameters.addParameter().setName("data").setResource(data);

        var answer = predict("", parameters);

        assertThat(Contract.risk(answer).getPredictionFirstRep().getRationale()).contains("pulse 3");
        assertThat(Contract.all(answer, Provenance.class)).hasSize(1);
        assertThat(server().results("p-data")).isEmpty();
        assertThatThrownBy(() -> server().client()
                        .read()
                        .resource(Patient.class)
                        .withId("p-data")
                        .execute())
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    default void withPersistFalseNothingIsStored() {
        admit("p-unstored", List.of());
        Vitals.allButPulse("p-unstored")
                .forEach(o -> server().client().create().resource(o).execute());
        var pulse = Vitals.measured("p-unstored", "8867-4", 70);
        pulse.setEffective(new DateTimeType(java.util.Date.from(Instant.now().minus(Duration.ofHours(25)))));
        server().client().create().resource(pulse).execute();
        var asOf = new DateTimeType(java.util.Date.from(Instant.now()));

        assertThatThrownBy(() -> predict(
                        "Patient/p-unstored",
                        Contract.model("news2")
                                .addParameter(Contract.flag("persist", false))
                                .addParameter(new Parameters.ParametersParameterComponent(new StringType("asOf"))
                                        .setValue(asOf))))
                .isInstanceOf(UnprocessableEntityException.class)
                .hasMessageContaining("pulse");
        assertThat(server().results("p-unstored")).isEmpty();
    }

    @Test
    default void everyErrorNamesTheValueAndTheRemedy() {
        admit("p-error", List.of(Vitals.measured("p-error", "8867-4", 70)));

        assertThatThrownBy(() -> predict("Patient/p-error", Contract.model("nonsense")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("nonsense")
                .hasMessageContaining("news2|1.0.0");
        assertThatThrownBy(() -> predict("Patient/not-there", Contract.model("news2")))
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
    default void missingInputsAreNamedWithCodesAndWindow() {
        admit("p-gaps", List.of(Vitals.measured("p-gaps", "8867-4", 70)));

        assertThatThrownBy(() -> predict("Patient/p-gaps", Contract.model("news2")))
                .isInstanceOfSatisfying(UnprocessableEntityException.class, refused -> {
                    var issues = ((OperationOutcome) refused.getOperationOutcome()).getIssue();
                    assertThat(issues).hasSize(6);
                    assertThat(issues)
                            .anyMatch(issue -> issue.getDiagnostics().contains("temperature")
                                    && issue.getDiagnostics().contains("8310-5")
                                    && issue.getDiagnostics().contains("24 hours"));
                });
        var unnamed = predict("Patient/p-gaps", new Parameters());
        assertThat(Contract.all(unnamed, GuidanceResponse.class))
                .hasSizeGreaterThan(2)
                .allMatch(guidance -> guidance.getStatus() == GuidanceResponse.GuidanceResponseStatus.DATAREQUIRED);
    }

    @Test
    default void aValueInTheWrongUnitIsRefusedByName() {
        var observations = new ArrayList<>(Vitals.allButPulse("p-unit"));
        var pulse = Vitals.measured("p-unit", "8867-4", 70);
        pulse.getValueQuantity().setCode("mg/dL").setUnit("mg/dL");
        observations.add(pulse);
        admit("p-unit", observations);

        assertThatThrownBy(() -> predict("Patient/p-unit", Contract.model("news2")))
                .isInstanceOfSatisfying(
                        UnprocessableEntityException.class,
                        refused -> assertThat(((OperationOutcome) refused.getOperationOutcome()).getIssue())
                                .singleElement()
                                .satisfies(issue -> assertThat(issue.getDiagnostics())
                                        .contains("pulse")
                                        .contains("mg/dL")));
    }

    @Test
    default void theOperationIsInTheCapabilityStatementWithItsDefinition() {
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
}
