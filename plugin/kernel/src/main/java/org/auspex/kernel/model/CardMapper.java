package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Range;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.outcome.Band;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.terminology.Code;

/** Turns the tree of a card that broke no rule into records. */
final class CardMapper {

    private final Path folder;

    CardMapper(Path folder) {
        this.folder = folder;
    }

    ModelCard card(JsonNode card) {
        return new ModelCard(
                new ModelId(card.get("model").asText(), card.get("version").asText()),
                new ModelCard.About(
                        card.get("title").asText(),
                        card.get("intendedUse").asText(),
                        card.at("/licence/code").asText(),
                        card.at("/licence/weights").asText()),
                card.get("subject").asText(),
                new Requirements(text(card, "eligible"), list(card.get("inputs"), this::input)),
                engine(card),
                optional(card, "scorecard").map(this::scorecard),
                optional(card, "trigger").map(this::trigger).orElse(Trigger.NEVER),
                output(card.get("outputs").get(0)),
                text(card, "rollout").equals(Optional.of("retired")),
                folder);
    }

    private EngineSpec engine(JsonNode card) {
        var engine = card.get("engine");
        var weights = text(engine, "file")
                .map(file -> new EngineSpec.Weights(
                        folder.resolve(file), engine.get("sha256").asText()));
        return new EngineSpec(
                EngineSpec.Kind.valueOf(upper(engine.get("kind"))),
                weights,
                card.at("/batching/max-batch-size").asInt(64));
    }

    private Trigger trigger(JsonNode trigger) {
        return new Trigger(
                list(trigger.get("on"), node -> Criteria.parse(node.asText())),
                duration(trigger, "debounce").orElse(Duration.ZERO),
                duration(trigger, "notOlderThan"));
    }

    private Input input(JsonNode input) {
        var sources = optional(input, "sources")
                .map(nodes -> list(nodes, this::source))
                .orElseGet(() -> List.of(source(input)));
        var categories = sources.stream().anyMatch(source -> source.above().isPresent())
                ? Category.NO_YES
                : optional(input, "categories")
                        .map(nodes -> list(nodes, this::category))
                        .orElse(List.of());
        var declared = new Input(
                input.get("name").asText(),
                sources,
                duration(input, "within"),
                Take.valueOf(text(input, "take").orElse("latest").toUpperCase(Locale.ROOT)),
                new WhenMissing.Abstain(),
                text(input, "aiEvidence").equals(Optional.of("include")),
                categories,
                text(input, "column"));
        return optional(input, "missing")
                .map(missing -> withMissing(declared, missing))
                .orElse(declared);
    }

    private static Input withMissing(Input input, JsonNode missing) {
        WhenMissing rule = missing.isObject()
                ? new WhenMissing.Impute(substitute(input, missing.get("impute")))
                : missing.asText().equals("indicator") ? new WhenMissing.Indicator() : new WhenMissing.Abstain();
        return new Input(
                input.name(),
                input.sources(),
                input.within(),
                input.take(),
                rule,
                input.aiEvidence(),
                input.categories(),
                input.column());
    }

    private static Feature substitute(Input input, JsonNode value) {
        return input.category(value.asText()).orElseGet(() -> new Feature.Numeric(value.asDouble()));
    }

    private Source source(JsonNode source) {
        return new Source(
                Criteria.parse(source.get("from").asText()),
                source.get("value").asText(),
                text(source, "unit"),
                optional(source, "range")
                        .map(range -> new Range(
                                range.get("low").asDouble(), range.get("high").asDouble())),
                optional(source, "above").map(JsonNode::asDouble));
    }

    private Category category(JsonNode category) {
        return new Category(
                category.get("category").asText(),
                list(category.path("codes"), node -> Code.parse(node.asText())),
                list(category.path("texts"), JsonNode::asText),
                text(category, "column"));
    }

    private Output output(JsonNode output) {
        return new Output(
                output.get("name").asText(),
                Output.Kind.valueOf(upper(output.get("kind"))),
                optional(output, "outcome")
                        .map(outcome -> new Code(
                                outcome.get("system").asText(),
                                outcome.get("code").asText())),
                output.get("display").asText(),
                text(output, "code").map(Code::parse),
                list(output.path("bands"), this::band),
                text(output, "positive"));
    }

    private Band band(JsonNode band) {
        return new Band(
                optional(band, "below").map(JsonNode::asDouble),
                optional(band, "anyItem").map(JsonNode::asDouble),
                RiskWord.of(band.get("risk").asText()),
                text(band, "text"));
    }

    private Scorecard scorecard(JsonNode scorecard) {
        return new Scorecard(scorecard.get("source").asText(), list(scorecard.get("items"), this::item));
    }

    private Scorecard.Item item(JsonNode item) {
        var cases = optional(item, "cases")
                .map(nodes -> list(nodes, this::scoreCase))
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
        return new Scorecard.Case(when, points(scoreCase.get("points")));
    }

    private Scorecard.Points points(JsonNode points) {
        if (points.isArray()) {
            return new Scorecard.Points.Steps(list(
                    points,
                    step -> new Scorecard.Step(
                            optional(step, "to").map(JsonNode::asDouble),
                            step.get("points").asDouble())));
        }
        var byCategory = new HashMap<String, Double>();
        points.properties()
                .forEach(
                        entry -> byCategory.put(entry.getKey(), entry.getValue().asDouble()));
        return new Scorecard.Points.ByCategory(byCategory);
    }

    private static Optional<Duration> duration(JsonNode node, String field) {
        return text(node, field).map(Duration::parse);
    }

    private static Optional<JsonNode> optional(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return optional(node, field).map(JsonNode::asText);
    }

    private static String upper(JsonNode node) {
        return node.asText().toUpperCase(Locale.ROOT);
    }

    private static <T> List<T> list(JsonNode nodes, Function<JsonNode, T> map) {
        return StreamSupport.stream(nodes.spliterator(), false).map(map).toList();
    }
}
