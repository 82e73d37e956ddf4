package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.outcome.Output;

/** Turns the scorecard of a card that broke no rule into records. */
final class ScorecardMapper {

    private final JsonNode scorecard;
    private final Optional<String> by;

    ScorecardMapper(JsonNode scorecard) {
        this.scorecard = scorecard;
        this.by = CardMapper.text(scorecard, "by");
    }

    /** A scorecard without parts of its own is one part, for the card's one output. */
    Scorecard scorecard(List<Output> outputs) {
        return new Scorecard(
                scorecard.get("source").asText(),
                CardMapper.list(scorecard.path("define"), this::definition),
                scorecard.has("parts")
                        ? CardMapper.list(
                                scorecard.get("parts"),
                                part -> part(part, part.get("output").asText()))
                        : List.of(part(scorecard, outputs.get(0).name())));
    }

    private Scorecard.Definition definition(JsonNode definition) {
        var meaning = definition.has("value")
                ? new Scorecard.Meaning.Formula(expression(definition, "value"))
                : new Scorecard.Meaning.LookUp(
                        CardMapper.list(definition.get("by"), JsonNode::asText), cells(definition.get("values")));
        return new Scorecard.Definition(definition.get("name").asText(), meaning);
    }

    private static Map<String, Double> cells(JsonNode values) {
        var cells = new HashMap<String, Double>();
        values.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                cells(entry.getValue()).forEach((inner, value) -> cells.put(entry.getKey() + "/" + inner, value));
            } else {
                cells.put(entry.getKey(), entry.getValue().asDouble());
            }
        });
        return cells;
    }

    private Scorecard.Part part(JsonNode part, String output) {
        return new Scorecard.Part(
                output,
                optional(part, "when").map(node -> Expression.parse(node.asText())),
                CardMapper.list(part.path("items"), this::item),
                optional(part, "probability").map(ScorecardMapper::likelihood),
                CardMapper.list(part.path("decide"), ScorecardMapper::decision));
    }

    private static Scorecard.Decision decision(JsonNode decision) {
        return new Scorecard.Decision(
                optional(decision, "when").map(node -> Expression.parse(node.asText())),
                CardMapper.text(decision, "label"),
                CardMapper.text(decision, "abstain")
                        .or(() -> CardMapper.text(decision, "because"))
                        .orElse(""));
    }

    private static Scorecard.Likelihood likelihood(JsonNode probability) {
        if (probability.has("table")) {
            return new Scorecard.Likelihood.Curve(CardMapper.list(
                    probability.get("table"),
                    point -> new Scorecard.Step(
                            Optional.of(point.get("total").asDouble()),
                            point.get("percent").asDouble())));
        }
        return probability.has("steps")
                ? new Scorecard.Likelihood.Steps(steps(probability.get("steps"), "percent"))
                : new Scorecard.Likelihood.Formula(expression(probability, "value"));
    }

    private Scorecard.Item item(JsonNode item) {
        var cases = optional(item, "cases")
                .map(nodes -> CardMapper.list(nodes, this::scoreCase))
                .orElseGet(() -> List.of(scoreCase(item)));
        return new Scorecard.Item(
                item.get("item").asText(),
                item.get("input").asText(),
                optional(item, "round").map(JsonNode::asDouble),
                cases);
    }

    private Scorecard.Case scoreCase(JsonNode scoreCase) {
        var when = new HashMap<String, String>();
        scoreCase
                .path("when")
                .properties()
                .forEach(entry -> when.put(entry.getKey(), entry.getValue().asText()));
        return new Scorecard.Case(when, points(scoreCase));
    }

    private Scorecard.Points points(JsonNode scoreCase) {
        if (scoreCase.has("value")) {
            return new Scorecard.Points.Formula(expression(scoreCase, "value"));
        }
        if (scoreCase.has("coefficient")) {
            var coefficient = scoreCase.get("coefficient");
            var times = scoreCase.has("times") ? expression(scoreCase, "times") : Expression.parse("1");
            return coefficient.isObject()
                    ? new Scorecard.Points.Coefficient(by, cells(coefficient), times)
                    : new Scorecard.Points.Coefficient(Optional.empty(), Map.of("", coefficient.asDouble()), times);
        }
        var points = scoreCase.get("points");
        return points.isArray()
                ? new Scorecard.Points.Steps(steps(points, "points"))
                : new Scorecard.Points.ByCategory(cells(points));
    }

    private static List<Scorecard.Step> steps(JsonNode steps, String amount) {
        return CardMapper.list(
                steps,
                step -> new Scorecard.Step(
                        optional(step, "to").map(JsonNode::asDouble),
                        step.get(amount).asDouble()));
    }

    private static Expression expression(JsonNode node, String field) {
        return Expression.parse(node.get(field).asText());
    }

    private static Optional<JsonNode> optional(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field));
    }
}
