package org.auspex.server;

import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What an emergency department records about a person with chest pain: a troponin, a diagnosis, and what people judge. */
final class ChestPain {

    private static final String MEASUREMENT = "https://auspex-fhir.org/fhir/CodeSystem/measurement";
    private static final String QUESTIONNAIRE = "https://auspex-fhir.org/fhir/Questionnaire/heart";

    private ChestPain() {}

    /** A troponin T in ng/L beside its upper limit of 14. */
    static Observation troponin(String patient, double value) {
        var observation = Vitals.measured(patient, "67151-1", value);
        observation.addReferenceRange().setHigh(quantity(14));
        return observation;
    }

    static Observation troponin(String patient, double value, Instant when) {
        var troponin = troponin(patient, value);
        troponin.setEffective(new DateTimeType(Date.from(when)));
        return troponin;
    }

    static Condition hypertension(String patient) {
        var condition = new Condition();
        condition.setSubject(new Reference("Patient/" + patient));
        condition.setCode(new CodeableConcept(new Coding("http://snomed.info/sct", "38341003", null)));
        condition.getClinicalStatus().addCoding().setCode("active");
        condition.setOnset(new DateTimeType("2015"));
        return condition;
    }

    /** What a person judges, as an Observation: {@code heart-history} or {@code heart-ecg}. */
    static Observation judged(String patient, String what, String answer) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setSubject(new Reference("Patient/" + patient));
        observation.setCode(new CodeableConcept(new Coding(MEASUREMENT, what, null)));
        observation.setEffective(new DateTimeType(new Date()));
        observation.setValue(new CodeableConcept(new Coding(MEASUREMENT, answer, null)));
        return observation;
    }

    /** The same two judgements as answers to the published Questionnaire, which a form names with its version. */
    static QuestionnaireResponse answers(String patient, String history, String ecg) {
        var response = new QuestionnaireResponse();
        response.setQuestionnaire(QUESTIONNAIRE + "|1.0.0");
        response.setStatus(QuestionnaireResponse.QuestionnaireResponseStatus.COMPLETED);
        response.setSubject(new Reference("Patient/" + patient));
        response.setAuthored(new Date());
        answer(response, "history", history);
        answer(response, "ecg", ecg);
        return response;
    }

    static Observation neverSmoked(String patient) {
        var answer = judged(patient, "heart-history", "");
        answer.setCode(new CodeableConcept(new Coding(Vitals.LOINC, "72166-2", null)));
        answer.setValue(new CodeableConcept(new Coding(Vitals.LOINC, "LA18978-9", null)));
        return answer;
    }

    static Medication ramipril() {
        var medicine = new Medication();
        medicine.setCode(new CodeableConcept(new Coding("http://www.whocc.no/atc", "C09AA05", "ramipril")));
        return medicine;
    }

    /** An order that names its medicine by reference. */
    static MedicationRequest order(String patient, IIdType medicine) {
        var order = new MedicationRequest();
        order.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
        order.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
        order.setSubject(new Reference("Patient/" + patient));
        order.setMedication(new Reference(medicine.getValue()));
        order.setAuthoredOn(new Date());
        return order;
    }

    /** One transaction that admits a woman of 1950 with what is known about her. */
    static Bundle admission(String patient, Resource... known) {
        var bundle = Vitals.transaction(Vitals.patient(patient, "1950-01-01"), java.util.List.of());
        for (var resource : known) {
            bundle.addEntry()
                    .setFullUrl("urn:uuid:" + UUID.randomUUID())
                    .setResource(resource)
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.POST)
                    .setUrl(resource.fhirType());
        }
        return bundle;
    }

    private static void answer(QuestionnaireResponse response, String question, String answer) {
        response.addItem().setLinkId(question).addAnswer().setValue(new Coding(MEASUREMENT, answer, null));
    }

    private static Quantity quantity(double value) {
        return new Quantity()
                .setValue(value)
                .setSystem("http://unitsofmeasure.org")
                .setCode("ng/L")
                .setUnit("ng/L");
    }
}
