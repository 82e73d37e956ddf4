package org.auspex.benchmarks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Patients with what the network for coronary disease reads, in the units that it reads, as FHIR resources. */
final class ChestPain {

    static final String LOINC = "http://loinc.org";
    static final String OURS = "https://auspex-fhir.org/fhir/CodeSystem/measurement";
    static final String TYPICAL = "429559004";

    private static final String UCUM = "http://unitsofmeasure.org";

    private ChestPain() {}

    /** A transaction with a patient and five Observations; old enough that nothing is predicted by itself. */
    static Map<String, Object> record(int patient) {
        var id = id(patient);
        var entries = new ArrayList<Object>();
        entries.add(Ward.entry(
                "PUT",
                "Patient/" + id,
                Map.of("resourceType", "Patient", "id", id, "gender", "male", "birthDate", birthDate(patient))));
        entries.add(post(observation(
                id,
                OURS,
                "chest-pain-type",
                "valueCodeableConcept",
                Map.of("coding", List.of(Map.of("system", "http://snomed.info/sct", "code", TYPICAL))))));
        entries.add(post(measured(id, LOINC, "8480-6", 110 + patient % 60, "mm[Hg]")));
        entries.add(post(measured(id, LOINC, "2093-3", 180 + patient % 120, "mg/dL")));
        entries.add(post(measured(id, OURS, "exercise-maximum-heart-rate", 120 + patient % 50, "/min")));
        entries.add(post(measured(id, OURS, "exercise-st-depression", (patient % 30) / 10.0, "mm")));
        return Ward.transaction(entries);
    }

    static String id(int patient) {
        return "pain-" + patient;
    }

    private static String birthDate(int patient) {
        return LocalDate.of(1940 + patient % 40, 4, 21).toString();
    }

    /** Completed years today. */
    static int age(String birthDate) {
        return java.time.Period.between(LocalDate.parse(birthDate), LocalDate.now(ZoneOffset.UTC))
                .getYears();
    }

    private static Object post(Map<String, Object> observation) {
        return Ward.entry("POST", "Observation", observation);
    }

    private static Map<String, Object> measured(String patient, String system, String code, double value, String unit) {
        return observation(
                patient,
                system,
                code,
                "valueQuantity",
                Map.of("value", value, "unit", unit, "system", UCUM, "code", unit));
    }

    private static Map<String, Object> observation(
            String patient, String system, String code, String valueName, Object value) {
        return Map.of(
                "resourceType",
                "Observation",
                "status",
                "final",
                "code",
                Map.of("coding", List.of(Map.of("system", system, "code", code))),
                "subject",
                Map.of("reference", "Patient/" + patient),
                "effectiveDateTime",
                Instant.now()
                        .minus(20, ChronoUnit.DAYS)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString(),
                valueName,
                value);
    }
}
