package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiConsumer;

/** What must be true of a card's engine and of what it describes: inputs and outputs, or tensors alone. */
final class EngineRule implements CardRule {

    private static final List<String> OF_REMOTES = List.of("url", "model", "version", "binary");
    private static final List<String> OF_FILES = List.of("file", "sha256");
    private static final List<String> OF_NETWORKS =
            List.of("url", "model", "version", "binary", "file", "sha256", "table", "encoder");
    private static final List<String> OF_PREDICTIONS =
            List.of("subject", "eligible", "trigger", "inputs", "outputs", "scorecard", "rules");

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var engine = card.path("engine");
        var kind = engine.path("kind").asText();
        var remote = kind.equals("kserve");
        if (remote && !engine.has("url")) {
            report.accept("/engine", "the server is not named - add url: such as http://triton.example.org:8000");
        }
        for (var key : foreign(kind)) {
            if (engine.has(key)) {
                report.accept("/engine/" + key, "an engine of kind %s has no %s - remove it".formatted(kind, key));
            }
        }
        ChatRule.check(card, report);
        if (engine.has("table")) {
            table(card, kind, report);
        }
        if (card.has("tensors")) {
            tensors(card, kind, report);
        }
    }

    /** What only engines of other kinds have. */
    private static List<String> foreign(String kind) {
        return switch (kind) {
            case "facts" -> OF_NETWORKS;
            case "kserve" -> OF_FILES;
            case "chat" -> ChatRule.OF_OTHERS;
            default -> OF_REMOTES;
        };
    }

    private static void table(JsonNode card, String kind, BiConsumer<String, String> report) {
        if (kind.equals("scorecard") || kind.equals("rules") || card.has("tensors")) {
            report.accept("/engine/table", "a table is for a network over inputs - remove it");
        }
        for (int i = 0; i < card.path("inputs").size(); i++) {
            if (card.at("/inputs/%d/missing".formatted(i)).asText().equals("indicator")) {
                report.accept(
                        "/inputs/%d/missing".formatted(i),
                        "the network is not told what is missing - write abstain or {impute: VALUE}");
            }
        }
    }

    private static void tensors(JsonNode card, String kind, BiConsumer<String, String> report) {
        if (kind.equals("scorecard") || kind.equals("rules") || kind.equals("facts")) {
            report.accept(
                    "/tensors", "a scorecard, rules or a reader has no tensors - remove them, or write another engine");
        }
        for (var key : OF_PREDICTIONS) {
            if (card.has(key) && !(card.has("images") && card.has("outputs"))) {
                report.accept(
                        "/" + key,
                        "a card of tensors predicts nothing about anybody, so it has no %s - remove it or the tensors; for a network of images add images: and outputs:"
                                .formatted(key));
            }
        }
    }
}
