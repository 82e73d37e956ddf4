package org.auspex.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.auspex.kernel.inference.Engine;
import org.auspex.kernel.inference.Entity;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.inference.TextModel;

/** A golden case of a network that reads text: what it must find there, or the vector that it must give. */
final class GoldenText {

    private final JsonNode expected;
    private final double tolerance;

    GoldenText(JsonNode expected, double tolerance) {
        this.expected = expected;
        this.tolerance = tolerance;
    }

    List<String> differences(Engine engine) {
        var network = engine.tensors();
        if (network.isEmpty() || !(network.get() instanceof TextModel model)) {
            return List.of("gives text, and the model reads none");
        }
        var text = expected.get("text").asText();
        var outcome = expected.path("outcome");
        return outcome.has("entities")
                ? entities(text, outcome.get("entities"), model)
                : embedding(text, outcome.path("embedding"), model);
    }

    private static List<String> entities(String text, JsonNode wanted, TextModel model) {
        var found = model.entities(List.of(text), Priority.ROUTINE).get(0).stream()
                .map(entity -> shown(entity, text))
                .toList();
        var expected = StreamSupport.stream(wanted.spliterator(), false)
                .map(one -> shown(one.path("kind").asText(), one.path("words").asText()))
                .toList();
        return found.equals(expected)
                ? List.of()
                : List.of("entities are %s, the case says %s".formatted(found, expected));
    }

    private static String shown(Entity entity, String text) {
        return shown(entity.kind(), text.substring(entity.start(), entity.end()));
    }

    private static String shown(String kind, String words) {
        return "%s '%s'".formatted(kind, words);
    }

    private List<String> embedding(String text, JsonNode wanted, TextModel model) {
        var found = model.embeddings(List.of(text), Priority.ROUTINE).get(0);
        if (found.length != wanted.size()) {
            return List.of("the embedding has %d numbers, the case says %d".formatted(found.length, wanted.size()));
        }
        double off = 0;
        for (int i = 0; i < found.length; i++) {
            off = Math.max(off, Math.abs(found[i] - wanted.get(i).asDouble()));
        }
        return off > tolerance
                ? List.of("the embedding is off by %s at most, allowed %s".formatted(off, tolerance))
                : List.of();
    }
}
