package org.auspex.kernel.model;

import static org.auspex.kernel.model.CardMapper.list;
import static org.auspex.kernel.model.CardMapper.optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the summary of the training rows that lies beside a card. */
final class TrainingReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TrainingReader() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is not what it should be
     */
    static Training read(Path file, boolean abstains) throws IOException {
        var summary = JSON.readTree(Files.readAllBytes(file));
        if (!summary.path("rows").isInt() || !summary.path("inputs").isArray()) {
            throw new IllegalArgumentException("'rows' and 'inputs' are missing");
        }
        return new Training(
                summary.get("rows").asInt(),
                list(summary.get("inputs"), input -> distribution(text(input, "name"), input)),
                optional(summary, "output").map(output -> distribution("output", output)),
                optional(summary, "distance").map(TrainingReader::distance),
                abstains);
    }

    private static Distribution distribution(String name, JsonNode node) {
        return new Distribution(
                name,
                list(node.path("edges"), TrainingReader::number),
                list(node.path("categories"), JsonNode::asText),
                list(node.path("shares"), TrainingReader::number),
                number(node.path("missing")));
    }

    private static TrainingDistance distance(JsonNode node) {
        return new TrainingDistance(
                list(
                        node.path("inputs"),
                        axis -> new TrainingDistance.Axis(
                                text(axis, "name"),
                                text(axis, "scale").equals("logarithm"),
                                number(axis.path("mean")),
                                number(axis.path("deviation")))),
                list(node.path("correlation"), row -> list(row, TrainingReader::number)),
                number(node.path("threshold")));
    }

    private static String text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is missing in %s".formatted(field, node)));
    }

    private static double number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException("a number is expected, not '%s'".formatted(node));
        }
        return node.asDouble();
    }
}
