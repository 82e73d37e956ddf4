package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;

/** What must be true of a ranking: choices that differ in name and code, of which some are written down. */
final class ChoicesRule {

    private static final List<String> KEYS = List.of("top", "choices");

    /** What says something of one event, where a ranking is about several. */
    private static final List<String> OF_ONE = List.of("outcome", "bands", "horizon", "positive", "code");

    private ChoicesRule() {}

    /**
     * Checks one output.
     *
     * @param engine of the card
     * @param at where the output stands
     */
    static void check(JsonNode output, JsonNode engine, String at, BiConsumer<String, String> report) {
        var ranking = output.path("kind").asText().equals("ranking");
        for (var key : KEYS) {
            if (ranking && !output.has(key)) {
                report.accept(
                        at,
                        "a ranking has no %s - add choices: in the order of the network's numbers, and top: how many are written"
                                .formatted(key));
            } else if (!ranking && output.has(key)) {
                report.accept(
                        at + "/" + key, "only a ranking has %s - remove it, or write kind: ranking".formatted(key));
            }
        }
        if (!ranking) {
            return;
        }
        for (var key : OF_ONE) {
            if (output.has(key)) {
                report.accept(
                        at + "/" + key, "a ranking is about its choices and has no %s - remove it".formatted(key));
            }
        }
        if (engine.has("table")) {
            report.accept(at + "/kind", "a table gives one class and no ranking - remove engine's table:");
        }
        top(output, at, report);
        distinct(output.path("choices"), at + "/choices", report);
    }

    private static void top(JsonNode output, String at, BiConsumer<String, String> report) {
        var choices = output.path("choices").size();
        if (choices > 0 && output.path("top").asInt() > choices) {
            report.accept(
                    at + "/top", "there are only %d choices - write a number from 1 to %d".formatted(choices, choices));
        }
    }

    private static void distinct(JsonNode choices, String at, BiConsumer<String, String> report) {
        var names = new HashSet<String>();
        var codes = new HashSet<String>();
        for (int i = 0; i < choices.size(); i++) {
            var name = choices.get(i).path("choice").asText();
            var outcome = choices.get(i).path("outcome");
            var code =
                    outcome.path("system").asText() + "|" + outcome.path("code").asText();
            if (!names.add(name)) {
                report.accept(at + "/" + i, "choice '%s' is there twice - give each a name of its own".formatted(name));
            }
            if (!codes.add(code)) {
                report.accept(
                        at + "/" + i, "'%s' is the code of two choices - give each a code of its own".formatted(code));
            }
        }
    }
}
