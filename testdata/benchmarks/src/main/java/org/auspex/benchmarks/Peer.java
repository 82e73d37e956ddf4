package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What people do today: a process of its own that reads over FHIR REST, runs the same file and posts the result back. Written
 * to be fast: kept connections, one search per resource type, the bare predictor, one transaction for what it writes. It
 * knows no units, corrections, consents or identities, which is in its favour.
 */
final class Peer implements AutoCloseable {

    private static final int INPUTS = 13;
    private static final List<String> CODES = List.of(
            ChestPain.OURS + "|chest-pain-type",
            ChestPain.LOINC + "|8480-6",
            ChestPain.LOINC + "|2093-3",
            ChestPain.OURS + "|exercise-maximum-heart-rate",
            ChestPain.OURS + "|exercise-st-depression");
    /** Where the card has them. */
    private static final Map<String, Integer> COLUMNS =
            Map.of("8480-6", 3, "2093-3", 4, "exercise-maximum-heart-rate", 7, "exercise-st-depression", 9);

    private final Rest rest;
    private final Bare network;

    Peer(Rest rest, Bare network) {
        this.rest = rest;
        this.network = network;
    }

    /** Reads, computes and writes; answers the probability in percent, rounded as Auspex rounds it. */
    double predict(int patient) {
        var basis = new ArrayList<Object>();
        var percent = compute(patient, basis);
        rest.post("", result(ChestPain.id(patient), percent, basis));
        return percent;
    }

    /**
     * Reads and computes only.
     *
     * @param basis gets what was read
     */
    double compute(int patient, List<Object> basis) {
        var id = ChestPain.id(patient);
        var person = rest.get("Patient/" + id);
        var search = String.join(",", CODES).replace("|", "%7C").replace(",", "%2C");
        var found = rest.get("Observation?patient=%s&code=%s&_count=200".formatted(id, search));
        var values = new float[INPUTS];
        var known = new float[INPUTS];
        person(person, values, known);
        basis.add(reference(person));
        for (var entry : latest(found).values()) {
            observation(entry, values, known);
            basis.add(reference(entry));
        }
        var shape = new long[] {1, INPUTS};
        var probability = network.predict(List.of(values, known), List.of(shape, shape))[0];
        return Math.round(1000.0 * probability) / 10.0;
    }

    private static void person(JsonNode patient, float[] values, float[] known) {
        values[0] = ChestPain.age(patient.path("birthDate").asText());
        known[0] = 1;
        values[1] = patient.path("gender").asText().equals("male") ? 1 : 0;
        known[1] = 1;
    }

    private static void observation(JsonNode observation, float[] values, float[] known) {
        var code = observation.at("/code/coding/0/code").asText();
        if (code.equals("chest-pain-type")) {
            // Typical angina, the first of the card's categories, is all that these patients have.
            known[2] = observation
                            .at("/valueCodeableConcept/coding/0/code")
                            .asText()
                            .equals(ChestPain.TYPICAL)
                    ? 1
                    : 0;
            return;
        }
        var column = COLUMNS.get(code);
        if (column != null) {
            values[column] = (float) observation.at("/valueQuantity/value").asDouble();
            known[column] = 1;
        }
    }

    private static Map<String, JsonNode> latest(JsonNode bundle) {
        var latest = new HashMap<String, JsonNode>();
        for (var entry : bundle.path("entry")) {
            var observation = entry.path("resource");
            latest.merge(
                    observation.at("/code/coding/0/code").asText(),
                    observation,
                    (one, other) -> one.path("effectiveDateTime")
                                            .asText()
                                            .compareTo(other.path("effectiveDateTime")
                                                    .asText())
                                    >= 0
                            ? one
                            : other);
        }
        return latest;
    }

    private static Map<String, Object> reference(JsonNode resource) {
        return Map.of(
                "reference",
                "%s/%s/_history/%s"
                        .formatted(
                                resource.path("resourceType").asText(),
                                resource.path("id").asText(),
                                resource.at("/meta/versionId").asText()));
    }

    private static Map<String, Object> result(String patient, double percent, List<Object> basis) {
        var url = "urn:uuid:" + java.util.UUID.randomUUID();
        var risk = Map.of(
                "resourceType",
                "RiskAssessment",
                "status",
                "preliminary",
                "subject",
                Map.of("reference", "Patient/" + patient),
                "occurrenceDateTime",
                Instant.now().toString(),
                "method",
                Map.of("text", "coronary-disease 1.0.0"),
                "basis",
                basis,
                "prediction",
                List.of(Map.of(
                        "outcome", Map.of("text", "Obstructive coronary disease"), "probabilityDecimal", percent)));
        var provenance = Map.of(
                "resourceType",
                "Provenance",
                "target",
                List.of(Map.of("reference", url)),
                "recorded",
                Instant.now().toString(),
                "agent",
                List.of(Map.of("who", Map.of("display", "peer"))),
                "entity",
                basis.stream()
                        .map(what -> Map.of("role", "source", "what", what))
                        .toList());
        return Ward.transaction(List.of(
                Map.of("fullUrl", url, "resource", risk, "request", Map.of("method", "POST", "url", "RiskAssessment")),
                Ward.entry("POST", "Provenance", provenance)));
    }

    @Override
    public void close() {
        network.close();
    }
}
