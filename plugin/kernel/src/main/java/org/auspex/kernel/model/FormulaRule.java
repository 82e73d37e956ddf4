package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must be true of a card's formulas and look-ups: they can be read, and use only names and categories it declares. */
final class FormulaRule implements CardRule {

    /** What formulas may also read once the items are added up. */
    private static final Set<String> RESULTS = Set.of("total", "percent");

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var names = new CardNames(card);
        formulas(card.path("scorecard"), "/scorecard").forEach((at, text) -> formula(text, at, names, report));
        for (int i = 0; i < card.path("outputs").size(); i++) {
            formulas(card.path("outputs").get(i), "/outputs/" + i)
                    .forEach((at, text) -> formula(text, at, names, report));
        }
        order(card, report);
        lookUps(card.at("/scorecard/define"), names, report);
    }

    private static void formula(String text, String at, CardNames names, BiConsumer<String, String> report) {
        try {
            for (var name : Expression.parse(text).names()) {
                if (!names.isKnown(name) && !RESULTS.contains(name)) {
                    report.accept(
                            at,
                            "the formula reads '%s', which nothing declares - use one of %s"
                                    .formatted(name, names.all()));
                }
            }
        } catch (IllegalArgumentException e) {
            report.accept(at, e.getMessage() + " - mend it");
        }
    }

    /** Every formula below a node, by its place. */
    private static Map<String, String> formulas(JsonNode node, String at) {
        var found = new LinkedHashMap<String, String>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                found.putAll(formulas(node.get(i), at + "/" + i));
            }
        }
        node.properties().forEach(entry -> {
            var place = at + "/" + entry.getKey();
            var value = entry.getValue();
            var isFormula = entry.getKey().equals("value")
                    || entry.getKey().equals("times")
                    || entry.getKey().equals("when");
            if (isFormula && value.isValueNode()) {
                found.put(place, value.asText());
            } else if (value.isContainerNode() && !isFormula) {
                found.putAll(formulas(value, place));
            }
        });
        return found;
    }

    /** A definition reads inputs and what was defined before it. */
    private static void order(JsonNode card, BiConsumer<String, String> report) {
        var definitions = card.at("/scorecard/define");
        var later = new ArrayList<String>();
        definitions.forEach(definition -> later.add(definition.path("name").asText()));
        for (int i = 0; i < definitions.size(); i++) {
            var at = "/scorecard/define/" + i;
            var value = definitions.get(i).path("value");
            if (value.isValueNode()) {
                names(value.asText()).stream()
                        .filter(later::contains)
                        .forEach(name -> report.accept(
                                at + "/value", "'%s' is defined later, or here - move it up".formatted(name)));
            }
            later.remove(definitions.get(i).path("name").asText());
        }
    }

    private static Set<String> names(String formula) {
        try {
            return Expression.parse(formula).names();
        } catch (IllegalArgumentException unreadable) {
            return Set.of(); // reported where formulas are read
        }
    }

    private static void lookUps(JsonNode definitions, CardNames names, BiConsumer<String, String> report) {
        for (int i = 0; i < definitions.size(); i++) {
            var definition = definitions.get(i);
            if (definition.has("values")) {
                var by = new ArrayList<String>();
                definition.path("by").forEach(name -> by.add(name.asText()));
                cells(definition.path("values"), by, "/scorecard/define/%d/values".formatted(i), names, report);
            }
        }
    }

    private static void cells(
            JsonNode values, List<String> by, String at, CardNames names, BiConsumer<String, String> report) {
        if (by.isEmpty()) {
            if (!values.isNumber()) {
                report.accept(at, "a look-up holds numbers at its end - write a number");
            }
            return;
        }
        var categories = names.ofInput(by.get(0)).orElse(List.of());
        if (categories.isEmpty()) {
            report.accept(at, "'%s' is no input with categories - look up by one that is".formatted(by.get(0)));
            return;
        }
        for (var category : categories) {
            if (values.has(category)) {
                cells(values.get(category), by.subList(1, by.size()), at + "/" + category, names, report);
            } else {
                report.accept(at, "the look-up has nothing for '%s' of '%s' - add it".formatted(category, by.get(0)));
            }
        }
        values.fieldNames().forEachRemaining(name -> {
            if (!categories.contains(name)) {
                report.accept(
                        at + "/" + name,
                        "'%s' is no category of '%s' - write one of %s".formatted(name, by.get(0), categories));
            }
        });
    }
}
