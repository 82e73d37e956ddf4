package org.auspex.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Patients with the vital signs that NEWS2 wants, as FHIR resources in the form of maps. */
final class Ward {

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String LOINC = "http://loinc.org";

    private Ward() {}

    /** A transaction that stores a patient under an id, with one full set of vital signs. */
    static Map<String, Object> admission(String patient, Instant when) {
        var entries = new ArrayList<Object>();
        entries.add(entry("PUT", "Patient/" + patient, patient(patient)));
        vitals(patient, when).forEach(observation -> entries.add(entry("POST", "Observation", observation)));
        return transaction(entries);
    }

    static Map<String, Object> patient(String id) {
        return Map.of("resourceType", "Patient", "id", id, "gender", "female", "birthDate", "1958-04-21");
    }

    static Map<String, Object> transaction(List<Object> entries) {
        return Map.of("resourceType", "Bundle", "type", "transaction", "entry", entries);
    }

    static Map<String, Object> entry(String method, String url, Object resource) {
        return Map.of("resource", resource, "request", Map.of("method", method, "url", url));
    }

    static Map<String, Object> pulse(String patient, Instant when, double perMinute) {
        return measured(patient, when, "8867-4", perMinute, "/min");
    }

    /** One full set of vital signs, each an Observation. */
    static List<Map<String, Object>> vitals(String patient, Instant when) {
        return List.of(
                measured(patient, when, "9279-1", 16, "/min"),
                measured(patient, when, "59408-5", 98, "%"),
                measured(patient, when, "3151-8", 0, "L/min"),
                measured(patient, when, "8480-6", 120, "mm[Hg]"),
                measured(patient, when, "8310-5", 37.0, "Cel"),
                observation(
                        patient,
                        when,
                        "67775-7",
                        "valueCodeableConcept",
                        Map.of("coding", List.of(Map.of("system", "http://snomed.info/sct", "code", "248234008")))),
                pulse(patient, when, 70));
    }

    private static Map<String, Object> measured(String patient, Instant when, String loinc, double value, String unit) {
        return observation(
                patient,
                when,
                loinc,
                "valueQuantity",
                Map.of("value", value, "unit", unit, "system", UCUM, "code", unit));
    }

    private static Map<String, Object> observation(
            String patient, Instant when, String loinc, String valueName, Object value) {
        return Map.of(
                "resourceType",
                "Observation",
                "status",
                "final",
                "code",
                Map.of("coding", List.of(Map.of("system", LOINC, "code", loinc))),
                "subject",
                Map.of("reference", "Patient/" + patient),
                "effectiveDateTime",
                when.truncatedTo(ChronoUnit.MILLIS).toString(),
                valueName,
                value);
    }
}
