package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;

/** What counts as evidence about whom, on each database. */
interface EvidenceContract extends Contract {

    @Test
    default void aPatientWhoOptedOutGetsNoPredictionFromEitherDoor() {
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

        assertThatThrownBy(() -> predict("Patient/p-consent", Contract.model("news2")))
                .isInstanceOf(UnprocessableEntityException.class)
                .satisfies(refused -> assertThat(((BaseServerResponseException) refused).getResponseBody())
                        .contains("opted out"));
        assertThat(RunningServer.eventually(
                        WAIT,
                        () -> Optional.of(abstentions("Patient/p-consent", "news2"))
                                .filter(reasons -> !reasons.isEmpty())))
                .get(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                .allMatch(reason -> reason.contains("opted out"));
        assertThat(server().results("p-consent")).isEmpty();

        consent.setId(stored.toUnqualifiedVersionless());
        consent.setStatus(Consent.ConsentState.INACTIVE);
        server().client().update().resource(consent).execute();

        assertThat(Contract.risk(predict("Patient/p-consent", Contract.model("news2")))
                        .getPredictionFirstRep()
                        .getRationale())
                .startsWith("news2|1.0.0 0");
    }

    @Test
    default void evidenceOfAMergedPatientCountsForTheOneThatRemains() {
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
        assertThatThrownBy(() -> predict("Patient/p-replaced", Contract.model("news2")))
                .satisfies(refused -> assertThat(((BaseServerResponseException) refused).getResponseBody())
                        .contains("merged into Patient/p-remaining"));
    }

    @Test
    default void aLocalCodeIsReadAndTriggersThroughAStoredConceptMap() {
        admit("p-local", Vitals.allButPulse("p-local"));
        var local = Vitals.measured("p-local", "8867-4", 135);
        local.getCode().getCodingFirstRep().setSystem("https://example.org/lab").setCode("PULSE");
        assertThatThrownBy(() -> predict("Patient/p-local", Contract.model("news2")))
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

    @Test
    default void aMedicineNamedByReferenceIsEvidenceAndFallsOnlyWhenItIsInError() {
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

        var risk = Contract.risk(predict("Patient/p-drug", Contract.model("prevent")));

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
}
