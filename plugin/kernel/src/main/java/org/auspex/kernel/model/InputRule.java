package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.auspex.terminology.Units;

/** What must be true of a card's inputs beyond their shape. */
final class InputRule implements CardRule {

    private final Units units;

    InputRule(Units units) {
        this.units = units;
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var seen = new HashSet<String>();
        var inputs = card.path("inputs");
        for (int i = 0; i < inputs.size(); i++) {
            var at = "/inputs/" + i;
            var input = inputs.get(i);
            if (!seen.add(input.path("name").asText())) {
                report.accept(
                        at + "/name",
                        "input '%s' is declared twice - give each a name of its own"
                                .formatted(input.path("name").asText()));
            }
            if (input.has("sources")) {
                for (int j = 0; j < input.path("sources").size(); j++) {
                    source(input.path("sources").get(j), input, at + "/sources/" + j, report);
                }
            } else {
                source(input, input, at, report);
            }
            imputed(input, at, report);
        }
    }

    private void source(JsonNode source, JsonNode input, String at, BiConsumer<String, String> report) {
        if (source.has("unit")) {
            units.problem(source.path("unit").asText())
                    .ifPresent(problem -> report.accept(
                            at + "/unit",
                            "'%s' is no UCUM unit (%s) - write a UCUM code such as mm[Hg] or mmol/L"
                                    .formatted(source.path("unit").asText(), problem)));
        }
        var categorical = input.has("categories");
        if ((categorical || source.has("above"))
                && List.of("min", "max", "mean").contains(input.path("take").asText())) {
            report.accept(
                    at,
                    "categories have no %s - write take: latest or first"
                            .formatted(input.path("take").asText()));
        }
        if (source.has("unit") && categorical) {
            report.accept(at + "/unit", "an input has either a unit or categories - remove one of them");
        }
        if (!source.has("unit") && !categorical && !input.path("take").asText().equals("count")) {
            report.accept(
                    at,
                    "input '%s' has neither a unit nor categories - add unit: (\"1\" for a pure number) or categories:"
                            .formatted(input.path("name").asText()));
        }
        if (source.at("/range/low").asDouble() > source.at("/range/high").asDouble()) {
            report.accept(at + "/range", "the range's low is above its high - swap them");
        }
    }

    private static void imputed(JsonNode input, String at, BiConsumer<String, String> report) {
        var value = input.at("/missing/impute");
        if (value.isMissingNode()) {
            return;
        }
        var categories = input.path("categories").findValuesAsText("category");
        var yesNo = input.has("above") || !input.findValues("above").isEmpty();
        var fits = yesNo
                ? value.asText().equals("yes") || value.asText().equals("no")
                : input.has("categories") ? categories.contains(value.asText()) : value.isNumber();
        if (!fits) {
            report.accept(
                    at + "/missing/impute",
                    "'%s' is no value of input '%s' - write %s"
                            .formatted(
                                    value.asText(),
                                    input.path("name").asText(),
                                    yesNo
                                            ? "yes or no, in quotes"
                                            : input.has("categories") ? "one of " + categories : "a number"));
        }
    }
}
