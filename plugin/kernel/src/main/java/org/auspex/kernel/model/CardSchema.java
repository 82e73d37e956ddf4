package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The published JSON Schema of model cards, as a rule whose remedies are the schema's own descriptions. */
final class CardSchema implements CardRule {

    private static final String FILE = "model-card.schema.json";

    private final JsonNode document;
    private final Schema schema;

    CardSchema() {
        try (var in = CardSchema.class.getResourceAsStream(FILE)) {
            document = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        var config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ENGLISH)
                .build();
        schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaRegistryConfig(config))
                .getSchema(document.toString(), InputFormat.JSON);
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        // An anyOf or oneOf that fails repeats what its branches report; the branch that got furthest is the clearest.
        var messages = new ArrayList<>(schema.validate(card));
        messages.sort(
                Comparator.comparing(message -> message.getInstanceLocation().toString()));
        messages.stream()
                .filter(message -> !isBranch(message))
                .forEach(message -> report.accept(place(message), describe(message)));
        messages.stream()
                .filter(CardSchema::isBranch)
                .filter(message -> messages.stream().noneMatch(other -> !isBranch(other) && inside(other, message)))
                .map(CardSchema::alternativesAt)
                .distinct()
                .forEach(pointer -> report.accept(pointer, "none of the allowed forms" + expected(pointer)));
    }

    /** An unknown key is at fault itself, not what it stands in. */
    private static String place(Error message) {
        return message.getKeyword().equals("additionalProperties")
                ? pointer(message) + "/" + message.getProperty()
                : pointer(message);
    }

    private static boolean isBranch(Error message) {
        var path = message.getEvaluationPath().toString();
        return path.contains("/anyOf")
                || path.contains("/oneOf")
                || message.getKeyword().equals("not");
    }

    private static boolean inside(Error inner, Error outer) {
        return pointer(inner).startsWith(pointer(outer));
    }

    private static String alternativesAt(Error message) {
        return pointer(message);
    }

    private static String pointer(Error message) {
        return message.getInstanceLocation().toString();
    }

    private String describe(Error message) {
        return switch (message.getKeyword()) {
            case "additionalProperties" -> unknownKey(message);
            case "required" ->
                "'%s' is missing%s"
                        .formatted(message.getProperty(), expected(pointer(message) + "/" + message.getProperty()));
            default ->
                "%s is not allowed here%s".formatted(shown(message.getInstanceNode()), expected(pointer(message)));
        };
    }

    private String unknownKey(Error message) {
        var key = message.getProperty();
        var known = declaration(pointer(message))
                .map(node -> node.path("properties"))
                .map(properties -> stream(properties.fieldNames()).toList())
                .orElse(List.of());
        return "unknown key '%s' - did you mean '%s'? Known: %s"
                .formatted(key, nearest(key, known), String.join(", ", known));
    }

    private static String nearest(String word, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(
                        name -> LevenshteinDistance.getDefaultInstance().apply(word, name)))
                .orElse("nothing");
    }

    private static String shown(JsonNode value) {
        var text = value.toString();
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }

    private String expected(String pointer) {
        return declaration(pointer)
                .map(node -> node.path("description").asText())
                .filter(text -> !text.isEmpty())
                .map(text -> " - write " + text)
                .orElse("");
    }

    /** The part of the schema that declares what may stand at a place in a card. */
    private Optional<JsonNode> declaration(String pointer) {
        var node = document;
        for (var step : pointer.split("/", -1)) {
            if (step.isEmpty()) {
                continue;
            }
            var array = node.path("items");
            var property = node.path("properties").path(step);
            var next = !property.isMissingNode() ? property : step.matches("\\d+") ? array : node.path("none");
            if (next.isMissingNode()) {
                return Optional.empty();
            }
            node = resolve(next);
        }
        return Optional.of(node);
    }

    private JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static Stream<String> stream(java.util.Iterator<String> names) {
        Iterable<String> iterable = () -> names;
        return StreamSupport.stream(iterable.spliterator(), false);
    }
}
