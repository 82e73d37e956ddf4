package org.auspex.kernel.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;

/** A calibration as a file of JSON. */
public final class CalibrationJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CalibrationJson() {}

    public static String write(ConformalCalibration calibration) {
        var json = JSON.createObjectNode();
        json.put("model", calibration.model().toString());
        json.put("weights", calibration.weights());
        var settings = json.putObject("settings");
        new TreeMap<>(calibration.settings()).forEach(settings::put);
        json.put("output", calibration.output());
        var limits = json.putArray("limits");
        calibration.limits().forEach(limits::add);
        json.put("level", calibration.level());
        json.put("fitted", calibration.fitted().toString());
        json.put("source", calibration.source());
        json.put("fittedOn", calibration.fittedOn());
        json.put("covered", calibration.covered());
        json.put("checkedOn", calibration.checkedOn());
        return json.toPrettyString() + "\n";
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static ConformalCalibration read(String text) {
        try {
            return read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'fitted' is no time: " + e.getMessage(), e);
        }
    }

    private static ConformalCalibration read(JsonNode json) {
        var settings = new TreeMap<String, String>();
        json.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        var limits = new ArrayList<Double>();
        required(json, "limits").forEach(limit -> limits.add(number(limit, "limits")));
        return new ConformalCalibration(
                ModelId.parse(required(json, "model").asText()),
                required(json, "weights").asText(),
                settings,
                required(json, "output").asText(),
                limits,
                number(required(json, "level"), "level"),
                Instant.parse(required(json, "fitted").asText()),
                required(json, "source").asText(),
                (int) number(required(json, "fittedOn"), "fittedOn"),
                (long) number(required(json, "covered"), "covered"),
                (long) number(required(json, "checkedOn"), "checkedOn"));
    }

    private static JsonNode required(JsonNode json, String field) {
        var value = json.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(
                    "'%s' is missing; write the file by evaluate --calibration".formatted(field));
        }
        return value;
    }

    private static double number(JsonNode node, String field) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException("'%s' is no number: %s".formatted(field, node));
        }
        return node.asDouble();
    }
}
