package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** A head is a TorchScript network that takes an image and the encoder's maps of it. */
final class EncoderRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var engine = card.path("engine");
        if (!engine.has("encoder")) {
            return;
        }
        if (!engine.path("kind").asText().equals("pytorch")) {
            report.accept(
                    "/engine/encoder",
                    "an engine of kind %s has no encoder - remove it, or write kind: pytorch"
                            .formatted(engine.path("kind").asText()));
        }
        if (!card.has("tensors")) {
            report.accept(
                    "/engine/encoder", "a head is described by its tensors - add tensors: with the image it takes");
        } else if (card.at("/tensors/inputs").size() != 1) {
            report.accept(
                    "/tensors/inputs",
                    "a head takes one image, and the encoder's maps of it are given to it - name the image alone");
        }
        if (engine.path("encoder")
                .asText()
                .equals(card.path("model").asText() + "|" + card.path("version").asText())) {
            report.accept("/engine/encoder", "a model is no head on itself - name the version of an encoder");
        }
    }
}
