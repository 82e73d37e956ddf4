package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Category;

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
        var inputs = categoriesByInput(card.path("inputs"));
        if (scorecard) {
            for (int i = 0; i < card.path("inputs").size(); i++) {
                if (card.path("inputs").path(i).path("missing").asText().equals("indicator")) {
                    report.accept(
                            "/inputs/" + i + "/missing",
                            "a scorecard has no points for a gap - write abstain or {impute: VALUE}");
                }
            }
        }
        var items = card.at("/scorecard/items");
        for (int i = 0; i < items.size(); i++) {
            item(items.get(i), "/scorecard/items/" + i, inputs, report);
        }
    }

    private static void item(
            JsonNode item, String at, Map<String, List<String>> inputs, BiConsumer<String, String> report) {
        var input = item.path("input").asText();
        if (!inputs.containsKey(input)) {
            report.accept(at + "/input", "no input is called '%s' - write one of %s".formatted(input, inputs.keySet()));
            return;
        }
        var cases = item.path("cases");
        if (cases.size() > 0 && cases.get(cases.size() - 1).has("when")) {
            report.accept(
                    at + "/cases", "the last case has a condition, so some subjects have no points - remove its when");
        }
        if (item.has("cases")) {
            for (int j = 0; j < item.path("cases").size(); j++) {
                var place = at + "/cases/" + j;
                conditions(item.path("cases").get(j).path("when"), place + "/when", inputs, report);
                points(
                        item.path("cases").get(j).path("points"),
                        place + "/points",
                        inputs.getOrDefault(input, List.of()),
                        report);
            }
        } else {
            points(item.path("points"), at + "/points", inputs.getOrDefault(input, List.of()), report);
        }
    }

    private static void conditions(
            JsonNode when, String at, Map<String, List<String>> inputs, BiConsumer<String, String> report) {
        when.properties().forEach(condition -> {
            var categories = inputs.getOrDefault(condition.getKey(), List.of());
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

    /** The categories of each input; none for a number. */
    private static Map<String, List<String>> categoriesByInput(JsonNode inputs) {
        var byName = new HashMap<String, List<String>>();
        inputs.forEach(input -> {
            List<String> names = new ArrayList<>();
            input.path("categories")
                    .forEach(category -> names.add(category.path("category").asText()));
            byName.put(
                    input.path("name").asText(),
                    input.findValues("above").isEmpty() ? names : List.of(Category.NO, Category.YES));
        });
        return byName;
    }
}
