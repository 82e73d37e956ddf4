package org.auspex.server;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** Patients and vital signs as a monitor sends them. */
final class Vitals {

    static final String LOINC = "http://loinc.org";

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("9279-1", "/min"),
            Map.entry("59408-5", "%"),
            Map.entry("3151-8", "L/min"),
            Map.entry("8480-6", "mm[Hg]"),
            Map.entry("8867-4", "/min"),
            Map.entry("8310-5", "Cel"),
            Map.entry("2160-0", "mg/dL"),
            Map.entry("39156-5", "kg/m2"),
            Map.entry("67151-1", "ng/L"),
            Map.entry("2093-3", "mg/dL"),
            Map.entry("2085-9", "mg/dL"));

    private Vitals() {}

    static Patient patient(String id, String birthDate) {
        var patient = new Patient();
        patient.setId(id);
        patient.addName().setFamily("王").addGiven("秀英");
        patient.getBirthDateElement().setValueAsString(birthDate);
        patient.setGender(org.hl7.fhir.r4.model.Enumerations.AdministrativeGender.FEMALE);
        return patient;
    }

    static Observation measured(String patient, String loinc, double value) {
        var observation = observation(patient, loinc);
        observation.setValue(new Quantity()
                .setValue(value)
                .setSystem("http://unitsofmeasure.org")
                .setCode(UNITS.get(loinc))
                .setUnit(UNITS.get(loinc)));
        return observation;
    }

    static Observation alert(String patient) {
        var observation = observation(patient, "67775-7");
        observation.setValue(new CodeableConcept(new Coding("http://snomed.info/sct", "248234008", "Mentally alert")));
        return observation;
    }

    private static Observation observation(String patient, String loinc) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setCode(new CodeableConcept(new Coding(LOINC, loinc, null)));
        observation.setSubject(new Reference("Patient/" + patient));
        observation.setEffective(new DateTimeType(new Date()));
        return observation;
    }

    /** Everything NEWS2 needs but the pulse: on air, 0 points so far. */
    static List<Observation> allButPulse(String patient) {
        return List.of(
                measured(patient, "9279-1", 16),
                measured(patient, "59408-5", 98),
                measured(patient, "3151-8", 0),
                measured(patient, "8480-6", 120),
                alert(patient),
                measured(patient, "8310-5", 37.0));
    }

    /** A transaction Bundle that creates the patient under its id and the observations under the server's. */
    static Bundle transaction(Patient patient, List<Observation> observations) {
        var bundle = new Bundle();
        bundle.setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(patient)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl("Patient/" + patient.getIdElement().getIdPart());
        observations.forEach(observation -> bundle.addEntry()
                .setFullUrl("urn:uuid:" + UUID.randomUUID())
                .setResource(observation)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Observation"));
        return bundle;
    }
}
