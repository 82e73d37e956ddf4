package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;

/** What must be true of a points table: it reads declared inputs, knows all their categories, and leaves no hole. */
final class ScorecardRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var scorecard = card.path("engine").path("kind").asText().equals("scorecard");
        if (scorecard != card.has("scorecard")) {
            report.accept(
                    "/engine",
                    scorecard
                            ? "the engine is a scorecard but the card has none - add scorecard: {source: ..., items: [...]}"
                            : "the card has a scorecard but its engine is another - write engine: {kind: scorecard}");
        }
        var names = new CardNames(card);
        if (scorecard) {
            gaps(card, report);
            part(card.path("scorecard"), "/scorecard", names, report);
            var parts = card.at("/scorecard/parts");
            for (int i = 0; i < parts.size(); i++) {
                part(parts.get(i), "/scorecard/parts/" + i, names, report);
            }
            outputs(card, report);
        }
    }

    /** A gap that is told to the model can be used in formulas, but has no place in a table. */
    private static void gaps(JsonNode card, BiConsumer<String, String> report) {
        var lookedUp = new HashSet<String>();
        card.path("scorecard")
                .findParents("points")
                .forEach(item -> lookedUp.add(item.path("input").asText()));
        for (int i = 0; i < card.path("inputs").size(); i++) {
            var input = card.path("inputs").get(i);
            if (input.path("missing").asText().equals("indicator")
                    && lookedUp.contains(input.path("name").asText())) {
                report.accept(
                        "/inputs/" + i + "/missing",
                        "a scorecard has no points for a gap - write abstain or {impute: VALUE}");
            }
        }
    }

    private static void outputs(JsonNode card, BiConsumer<String, String> report) {
        var parts = card.at("/scorecard/parts");
        var outputs = card.path("outputs").findValuesAsText("name");
        if (card.path("outputs").size() > 1 && parts.isMissingNode()) {
            report.accept(
                    "/scorecard", "the card has several outputs - compute each in a part of its own, under parts:");
        }
        for (int i = 0; i < parts.size(); i++) {
            var output = parts.get(i).path("output").asText();
            if (!outputs.contains(output)) {
                report.accept(
                        "/scorecard/parts/" + i + "/output",
                        "no output is called '%s' - write one of %s".formatted(output, outputs));
            }
        }
        var kind = card.at("/outputs/0/kind").asText();
        var scorecard = card.path("scorecard");
        if (kind.equals("label") != scorecard.has("decide")) {
            report.accept(
                    "/scorecard",
                    kind.equals("label")
                            ? "the output is a label and nothing decides it - add decide:"
                            : "only an output of kind label is decided - remove decide:");
        }
        if (kind.equals("probability") && !scorecard.has("probability") && parts.isMissingNode()) {
            report.accept("/scorecard", "the output is a probability and nothing gives it - add probability:");
        }
        decisions(card, report);
    }

    private static void decisions(JsonNode card, BiConsumer<String, String> report) {
        var labels = card.at("/outputs/0/labels").findValuesAsText("label");
        var decide = card.at("/scorecard/decide");
        for (int i = 0; i < decide.size(); i++) {
            var label = decide.get(i).path("label");
            if (!label.isMissingNode() && !labels.contains(label.asText())) {
                report.accept(
                        "/scorecard/decide/" + i + "/label",
                        "the output has no label '%s' - write one of %s".formatted(label.asText(), labels));
            }
            if (decide.get(i).has("when") != (i < decide.size() - 1)) {
                report.accept(
                        "/scorecard/decide/" + i, "every decision but the last has a condition - add or remove when:");
            }
        }
    }

    private static void part(JsonNode part, String at, CardNames names, BiConsumer<String, String> report) {
        var items = part.path("items");
        for (int i = 0; i < items.size(); i++) {
            item(items.get(i), at + "/items/" + i, names, report);
        }
        steps(part.at("/probability/steps"), at + "/probability/steps", report);
    }

    private static void item(JsonNode item, String at, CardNames names, BiConsumer<String, String> report) {
        var input = item.path("input").asText();
        if (!names.isKnown(input)) {
            report.accept(at + "/input", "no input is called '%s' - write one of %s".formatted(input, names.all()));
            return;
        }
        var categories = names.ofInput(input).orElse(List.of());
        var cases = item.path("cases");
        if (cases.size() > 0 && cases.get(cases.size() - 1).has("when")) {
            report.accept(
                    at + "/cases", "the last case has a condition, so some subjects have no points - remove its when");
        }
        for (int j = 0; j < cases.size(); j++) {
            var place = at + "/cases/" + j;
            conditions(cases.get(j).path("when"), place + "/when", names, report);
            points(cases.get(j).path("points"), place + "/points", categories, report);
        }
        points(item.path("points"), at + "/points", categories, report);
    }

    private static void conditions(JsonNode when, String at, CardNames names, BiConsumer<String, String> report) {
        when.properties().forEach(condition -> {
            var categories = names.ofInput(condition.getKey()).orElse(List.of());
            if (!categories.contains(condition.getValue().asText())) {
                report.accept(
                        at + "/" + condition.getKey(),
                        "'%s' is no category of '%s' - write one of %s"
                                .formatted(condition.getValue().asText(), condition.getKey(), categories));
            }
        });
    }

    private static void points(JsonNode points, String at, List<String> categories, BiConsumer<String, String> report) {
        if (points.isArray()) {
            steps(points, at, report);
            if (!categories.isEmpty()) {
                report.accept(
                        at, "the input has categories - write points as {%s: 0, ...}".formatted(categories.get(0)));
            }
        } else if (points.isObject() && categories.isEmpty()) {
            report.accept(
                    at, "the input is a number, not categories - write points as [{to: 10, points: 0}, {points: 1}]");
        } else if (points.isObject()) {
            categories.stream()
                    .filter(category -> !points.has(category))
                    .forEach(category ->
                            report.accept(at, "category '%s' has no points - add %s: 0".formatted(category, category)));
            points.fieldNames().forEachRemaining(name -> {
                if (!categories.contains(name)) {
                    report.accept(
                            at + "/" + name,
                            "'%s' is no category of the input - write one of %s".formatted(name, categories));
                }
            });
        }
    }

    private static void steps(JsonNode steps, String at, BiConsumer<String, String> report) {
        var last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < steps.size(); i++) {
            var to = steps.get(i).path("to");
            if (to.isMissingNode() != (i == steps.size() - 1)) {
                report.accept(at + "/" + i, "every step but the last has an upper limit - add or remove to:");
            } else if (!to.isMissingNode() && to.asDouble() <= last) {
                report.accept(
                        at + "/" + i + "/to",
                        "steps do not rise: %s after %s - put them in rising order".formatted(to.asText(), last));
            }
            last = to.isMissingNode() ? last : to.asDouble();
        }
    }
}
