package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Source;
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
            } else if (!input.has("setting")) {
                source(input, input, at, report);
            }
            imputed(input, at, report);
            onlyIf(input, at, report);
            after(input, at, seen, report);
        }
    }

    private void source(JsonNode source, JsonNode input, String at, BiConsumer<String, String> report) {
        var take = input.path("take").asText();
        if (take.equals("exists")) {
            for (var key : List.of("value", "unit", "range", "above", "fact", "categories", "missing")) {
                if (source.has(key) || input.has(key)) {
                    report.accept(at, "take: exists only asks whether there is any - remove %s:".formatted(key));
                }
            }
            return;
        }
        if (!source.has("value")) {
            report.accept(
                    at, "'value' is missing - add FHIRPath on the matched element, such as value, or take: exists");
        }
        if (Criteria.parse(source.path("from").asText("Patient")).resourceType().equals("ImagingStudy")) {
            images(source, input, at, report);
            return;
        }
        if (source.path("value").asText().equals(Source.TEXT)) {
            text(source, input, at, report);
            return;
        }
        if (source.has("frames")) {
            report.accept(at + "/frames", "only loops of an ImagingStudy have frames - remove it");
        }
        FactRule.check(source, input, at, report);
        unit(source, input, at, report);
        var categorical = input.has("categories");
        if ((categorical || source.has("above"))
                && List.of("min", "max", "mean").contains(take)) {
            report.accept(at, "categories have no %s - write take: latest or first".formatted(take));
        }
        if (source.at("/range/low").asDouble() > source.at("/range/high").asDouble()) {
            report.accept(at + "/range", "the range's low is above its high - swap them");
        }
    }

    private static void images(JsonNode source, JsonNode input, String at, BiConsumer<String, String> report) {
        var value = source.path("value").asText();
        var slide = value.equals(Source.SLIDE);
        if (!value.equals(Source.IMAGE) && !value.equals(Source.VOLUME) && !slide) {
            report.accept(
                    at + "/value",
                    "of an ImagingStudy its images are read - write value: image for each by itself, volume for the slices of a series, or slide for the tiles of a whole slide");
        }
        if (!source.path("from").asText().contains("modality=")) {
            report.accept(
                    at + "/from",
                    "without a modality the model's own Segmentations would be images too - write from: ImagingStudy?modality=US");
        }
        if (source.has("frames") && value.equals(Source.VOLUME)) {
            report.accept(at + "/frames", "a volume is made of all slices - remove frames, or write value: image");
        }
        if (source.has("frames") && slide) {
            report.accept(at + "/frames", "a slide is cut into tiles and has no frames to choose - remove frames");
        }
        for (var key : List.of("unit", "range", "above", "categories", "take", "missing", "onlyIf")) {
            if ((source.has(key) || input.has(key)) && !(slide && key.equals("missing"))) {
                report.accept(at, "an input of images has no %s - remove it".formatted(key));
            }
        }
    }

    /** What a document says is read as it is. */
    private static void text(JsonNode source, JsonNode input, String at, BiConsumer<String, String> report) {
        var type = Criteria.parse(source.path("from").asText("Patient")).resourceType();
        if (!type.equals("DocumentReference") && !type.equals("DiagnosticReport")) {
            report.accept(
                    at + "/from",
                    "text is read from documents, not from %s - write from: DocumentReference or DiagnosticReport"
                            .formatted(type));
        }
        for (var key : List.of("unit", "range", "above", "frames", "fact", "categories", "onlyIf")) {
            if (source.has(key) || input.has(key)) {
                report.accept(at, "an input of text has no %s - remove it".formatted(key));
            }
        }
        if (!List.of("", "latest", "first").contains(input.path("take").asText())) {
            report.accept(
                    at,
                    "text has no %s - write take: latest or first"
                            .formatted(input.path("take").asText()));
        }
    }

    private void unit(JsonNode source, JsonNode input, String at, BiConsumer<String, String> report) {
        if (source.has("unit")) {
            units.problem(source.path("unit").asText())
                    .ifPresent(problem -> report.accept(
                            at + "/unit",
                            "'%s' is no UCUM unit (%s) - write a UCUM code such as mm[Hg] or mmol/L"
                                    .formatted(source.path("unit").asText(), problem)));
        }
        var categorical = input.has("categories");
        if (source.has("unit") && categorical && !source.has("above")) {
            report.accept(at + "/unit", "an input has either a unit or categories - remove one of them");
        }
        if (source.has("above")
                && categorical
                && !CardNames.categories(input).equals(List.of(Category.NO, Category.YES))) {
            report.accept(
                    at + "/above", "above answers no or yes - name the categories \"no\" and \"yes\", in this order");
        }
        if (!source.has("unit")
                && !categorical
                && !source.has("fact")
                && !source.path("value").asText().equals(Source.FACTS)
                && !input.path("take").asText().equals("count")) {
            report.accept(
                    at,
                    "input '%s' has neither a unit nor categories - add unit: (\"1\" for a pure number) or categories:"
                            .formatted(input.path("name").asText()));
        }
    }

    private static void onlyIf(JsonNode input, String at, BiConsumer<String, String> report) {
        var categories = CardNames.categories(input);
        if (input.has("onlyIf") && !categories.contains(input.path("onlyIf").asText())) {
            report.accept(
                    at + "/onlyIf",
                    "'%s' is no category of input '%s' - write one of %s, in quotes"
                            .formatted(
                                    input.path("onlyIf").asText(),
                                    input.path("name").asText(),
                                    categories));
        }
    }

    private static void after(JsonNode input, String at, Set<String> seen, BiConsumer<String, String> report) {
        var first = input.at("/after/input").asText();
        if (input.has("after")
                && (!seen.contains(first) || first.equals(input.path("name").asText()))) {
            report.accept(
                    at + "/after/input", "no input before this one is called '%s' - declare it above".formatted(first));
        }
    }

    private static void imputed(JsonNode input, String at, BiConsumer<String, String> report) {
        var value = input.at("/missing/impute");
        if (value.isMissingNode()) {
            return;
        }
        var categories = CardNames.categories(input);
        var yesNo = categories.equals(List.of(Category.NO, Category.YES));
        var fits = yesNo
                ? value.asText().equals("yes") || value.asText().equals("no")
                : categories.isEmpty() ? value.isNumber() : categories.contains(value.asText());
        if (!fits) {
            report.accept(
                    at + "/missing/impute",
                    "'%s' is no value of input '%s' - write %s"
                            .formatted(
                                    value.asText(),
                                    input.path("name").asText(),
                                    yesNo
                                            ? "yes or no, in quotes"
                                            : categories.isEmpty() ? "a number" : "one of " + categories));
        }
    }
}
