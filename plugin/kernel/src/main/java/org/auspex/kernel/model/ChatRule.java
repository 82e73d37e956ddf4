package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Source;

/** What goes with a language model and with nothing else: documents as they are, and a differential diagnosis. */
final class ChatRule {

    /** What other engines have. */
    static final List<String> OF_OTHERS =
            List.of("file", "sha256", "url", "model", "version", "binary", "table", "encoder");

    private static final String DIFFERENTIAL = "differential";

    private ChatRule() {}

    static void check(JsonNode card, BiConsumer<String, String> report) {
        var chat = card.at("/engine/kind").asText().equals("chat");
        if (chat != card.path("engine").has("language")) {
            report.accept(
                    "/engine",
                    chat
                            ? "the language of the answers is not named - add language: en, zh-Hans or zh-Hant"
                            : "only an engine of kind chat has a language - remove it");
        }
        if (chat && (card.has("tensors") || card.has("images"))) {
            report.accept("/engine/kind", "a language model has no tensors - remove them, or write another engine");
        }
        if (chat && card.path("outputs").size() != 1) {
            report.accept("/outputs", "a language model gives one output - write one of kind: differential");
        }
        for (int i = 0; i < card.path("outputs").size(); i++) {
            var differential = card.at("/outputs/%d/kind".formatted(i)).asText().equals(DIFFERENTIAL);
            if (chat != differential) {
                report.accept(
                        "/outputs/%d/kind".formatted(i),
                        chat
                                ? "an engine of kind chat gives a differential - write kind: differential"
                                : "only an engine of kind chat gives a differential - write another kind");
            }
        }
        for (int i = 0; i < card.path("inputs").size(); i++) {
            input(card.path("inputs").get(i), chat, "/inputs/" + i, report);
        }
    }

    private static void input(JsonNode input, boolean chat, String at, BiConsumer<String, String> report) {
        if (!chat && input.findValuesAsText("value").contains(Source.TEXT)) {
            report.accept(at, "only an engine of kind chat reads text - write value: fact, or another engine");
        }
    }
}
