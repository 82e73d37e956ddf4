package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.auspex.kernel.features.After;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Column;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Range;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Setting;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.terminology.Code;
import org.auspex.terminology.Substance;

/** Turns the tree of a card that broke no rule into records. */
final class CardMapper {

    private final Path folder;
    private final List<Part> parts;

    CardMapper(Path folder, List<Part> parts) {
        this.folder = folder;
        this.parts = parts;
    }

    ModelCard card(JsonNode card) {
        var id = new ModelId(card.get("model").asText(), card.get("version").asText());
        var outputs = list(card.path("outputs"), OutputMapper::output);
        var rules = list(card.path("rules"), RuleMapper::rule);
        var requirements = new Requirements(text(card, "eligible"), inputs(card, id, rules));
        return new ModelCard(
                id,
                new ModelCard.About(
                        card.get("title").asText(),
                        card.get("intendedUse").asText(),
                        card.at("/licence/code").asText(),
                        card.at("/licence/weights").asText()),
                text(card, "subject").orElse("Patient"),
                requirements,
                new EngineMapper(folder).engine(card),
                optional(card, "tensors").map(CardMapper::signature),
                optional(card, "images").filter(images -> !images.has("tiles")).map(ImagesMapper::pipeline),
                optional(card.path("images"), "tiles").map(ImagesMapper::tiling),
                optional(card.path("images"), "words").map(words -> ImagesMapper.words(words, requirements)),
                optional(card, "text").map(text -> TextMapper.text(text, folder)),
                optional(card, "scorecard").map(node -> new ScorecardMapper(node).scorecard(outputs)),
                parts,
                rules,
                optional(card, "trigger").map(this::trigger).orElse(Trigger.NEVER),
                outputs,
                optional(card, "training").map(this::training),
                list(card.path("followUp"), CardMapper::followUp),
                optional(card, "warning").map(CardMapper::warning),
                rollout(card.path("rollout")),
                folder);
    }

    /** Those that are declared, and those that tell whether a rule was answered. To a rule, what is not there says nothing. */
    private List<Input> inputs(JsonNode card, ModelId id, List<Rule> rules) {
        var declared = list(card.path("inputs"), node -> {
            var input = input(node, id);
            return rules.isEmpty() || node.has("missing") ? input : input.with(new WhenMissing.Indicator());
        });
        return Stream.of(
                        declared.stream(),
                        parts.stream().flatMap(part -> part.inputs().stream()),
                        rules.stream().flatMap(rule -> rule.answers().stream()))
                .flatMap(inputs -> inputs)
                .toList();
    }

    private static FollowUpStep followUp(JsonNode step) {
        var due = Duration.parse(step.get("due").asText());
        return new FollowUpStep(
                step.get("step").asText(),
                step.get("title").asText(),
                text(step, "code").map(Code::parse),
                list(step.path("labels"), JsonNode::asText),
                list(step.path("risks"), node -> RiskWord.of(node.asText())),
                text(step, "from"),
                due,
                duration(step, "overdue").orElse(due),
                text(step, "needs"),
                step.get("awaits").asText());
    }

    private static Warning warning(JsonNode warning) {
        return new Warning(
                warning.get("since").asText(),
                list(warning.path("labels"), JsonNode::asText),
                list(warning.path("risks"), node -> RiskWord.of(node.asText())));
    }

    private static Rollout rollout(JsonNode rollout) {
        return rollout.isObject()
                ? Rollout.canary(rollout.get("canary").asInt())
                : Rollout.of(Rollout.Stage.of(rollout.asText("active")), 0);
    }

    private static Signature signature(JsonNode tensors) {
        return new Signature(
                list(tensors.get("inputs"), CardMapper::tensor), list(tensors.get("outputs"), CardMapper::tensor));
    }

    private static TensorSpec tensor(JsonNode tensor) {
        return new TensorSpec(
                tensor.get("name").asText(),
                Datatype.valueOf(tensor.get("datatype").asText()),
                list(tensor.get("shape"), JsonNode::asLong));
    }

    private Training training(JsonNode training) {
        var file = folder.resolve(training.get("file").asText());
        try {
            return TrainingReader.read(file, text(training, "beyond").equals(Optional.of("abstain")));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }

    private Trigger trigger(JsonNode trigger) {
        return new Trigger(
                list(trigger.get("on"), node -> Criteria.parse(node.asText())),
                list(trigger.path("again"), node -> Criteria.parse(node.asText())),
                duration(trigger, "debounce").orElse(Duration.ZERO),
                duration(trigger, "notOlderThan"));
    }

    private Input input(JsonNode input, ModelId model) {
        var setting = optional(input, "setting")
                .map(node -> new Setting(
                        "auspex.models.settings.%s.%s"
                                .formatted(model.name(), input.get("name").asText()),
                        Optional.empty()));
        var take = Take.valueOf(text(input, "take").orElse("latest").toUpperCase(Locale.ROOT));
        var sources = setting.isPresent()
                ? List.<Source>of()
                : optional(input, "sources")
                        .map(nodes -> list(nodes, this::source))
                        .orElseGet(() -> List.of(source(input)));
        var declared = new Input(
                input.get("name").asText(),
                sources,
                setting,
                new Window(duration(input, "within"), optional(input, "after").map(CardMapper::after)),
                take,
                new WhenMissing.Abstain(),
                text(input, "aiEvidence").equals(Optional.of("include")),
                text(input, "past").equals(Optional.of("include")),
                categories(input, sources, take),
                text(input, "onlyIf"),
                optional(input, "column").map(CardMapper::column));
        return optional(input, "missing")
                .map(missing -> declared.with(missing(declared, missing)))
                .orElse(declared);
    }

    private List<Category> categories(JsonNode input, List<Source> sources, Take take) {
        var yesOrNo = take == Take.EXISTS
                || sources.stream()
                        .anyMatch(source -> source.above().isPresent()
                                || (source.fact().isPresent() && source.unit().isEmpty()));
        return optional(input, "categories")
                .map(nodes -> list(nodes, this::category))
                .orElse(yesOrNo ? Category.NO_YES : List.of());
    }

    private static Column column(JsonNode column) {
        return column.isObject()
                ? new Column(column.get("name").asText(), list(column.path("gaps"), JsonNode::asText))
                : new Column(column.asText(), List.of());
    }

    private static After after(JsonNode after) {
        return new After(
                after.get("input").asText(),
                Duration.parse(after.get("least").asText()),
                Duration.parse(after.get("most").asText()),
                list(after.path("same"), JsonNode::asText));
    }

    private static WhenMissing missing(Input input, JsonNode missing) {
        if (missing.isObject()) {
            return new WhenMissing.Impute(substitute(input, missing.get("impute")));
        }
        return missing.asText().equals("indicator") ? new WhenMissing.Indicator() : new WhenMissing.Abstain();
    }

    private static Feature substitute(Input input, JsonNode value) {
        return input.category(value.asText()).orElseGet(() -> new Feature.Numeric(value.asDouble()));
    }

    private Source source(JsonNode source) {
        return new Source(
                Criteria.parse(source.get("from").asText()),
                text(source, "value").orElse(""),
                text(source, "unit"),
                optional(source, "range")
                        .map(range -> new Range(
                                range.get("low").asDouble(), range.get("high").asDouble())),
                text(source, "substance").flatMap(Substance::of),
                optional(source, "above").map(JsonNode::asDouble),
                optional(source, "frames").map(ImagesMapper::frames).orElse(FrameSampling.USUAL),
                text(source, "fact"));
    }

    private Category category(JsonNode category) {
        return new Category(
                category.get("category").asText(),
                list(category.path("codes"), node -> Code.parse(node.asText())),
                list(category.path("texts"), JsonNode::asText),
                list(category.path("valueSets"), JsonNode::asText),
                text(category, "column"));
    }

    private static Optional<Duration> duration(JsonNode node, String field) {
        return text(node, field).map(Duration::parse);
    }

    static Optional<JsonNode> optional(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field));
    }

    static Optional<String> text(JsonNode node, String field) {
        return optional(node, field).map(JsonNode::asText);
    }

    static String upper(JsonNode node) {
        return node.asText().toUpperCase(Locale.ROOT);
    }

    static <T> List<T> list(JsonNode nodes, Function<JsonNode, T> map) {
        return StreamSupport.stream(nodes.spliterator(), false).map(map).toList();
    }
}
