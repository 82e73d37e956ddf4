package org.auspex.kernel.model;

import static org.auspex.kernel.model.CardMapper.list;
import static org.auspex.kernel.model.CardMapper.optional;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Turns what a card says of text into records. */
final class TextMapper {

    private TextMapper() {}

    static TextReading text(JsonNode text, Path folder) {
        var tokenizer = text.get("tokenizer");
        return new TextReading(
                new EngineSpec.Weights(
                        folder.resolve(tokenizer.get("file").asText()),
                        tokenizer.get("sha256").asText()),
                text.get("most").asInt(),
                optional(text, "entities").map(TextMapper::entities).orElseGet(() -> embedding(text.get("embedding"))));
    }

    private static TextReading.Says entities(JsonNode entities) {
        return new TextReading.Entities(
                entities.get("tensor").asText(), list(entities.get("labels"), JsonNode::asText));
    }

    private static TextReading.Says embedding(JsonNode embedding) {
        return new TextReading.Embedding(embedding.get("tensor").asText());
    }
}
