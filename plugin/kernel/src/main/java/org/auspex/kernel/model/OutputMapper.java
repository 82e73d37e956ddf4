package org.auspex.kernel.model;

import static org.auspex.kernel.model.CardMapper.list;
import static org.auspex.kernel.model.CardMapper.optional;
import static org.auspex.kernel.model.CardMapper.text;
import static org.auspex.kernel.model.CardMapper.upper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Period;
import java.util.OptionalInt;
import org.auspex.kernel.notes.NotedFact;
import org.auspex.kernel.notes.Wanted;
import org.auspex.kernel.outcome.Band;
import org.auspex.kernel.outcome.Choice;
import org.auspex.kernel.outcome.Choices;
import org.auspex.kernel.outcome.FollowUp;
import org.auspex.kernel.outcome.Label;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.RiskWord;
import org.auspex.terminology.Code;
import org.auspex.terminology.Substance;

/** Turns an output of a card that broke no rule into records. */
final class OutputMapper {

    private OutputMapper() {}

    static Output output(JsonNode output) {
        return new Output(
                output.get("name").asText(),
                Output.Kind.valueOf(upper(output.get("kind"))),
                optional(output, "outcome")
                        .map(outcome -> new Code(
                                outcome.get("system").asText(),
                                outcome.get("code").asText())),
                text(output, "display")
                        .orElseGet(() -> output.at("/outcome/display").asText()),
                text(output, "horizon").map(Period::parse),
                text(output, "code").map(Code::parse),
                list(output.path("bands"), OutputMapper::band),
                list(
                        output.path("labels"),
                        label -> new Label(
                                label.get("label").asText(),
                                RiskWord.of(label.get("risk").asText()),
                                text(label, "text"))),
                text(output, "positive"),
                text(output, "tensor").map(tensor -> fromTensor(tensor, output)),
                optional(output, "times").map(times -> followUp(times, output)),
                optional(output, "choices").map(choices -> choices(choices, output)),
                list(output.path("facts"), OutputMapper::wanted));
    }

    private static Wanted wanted(JsonNode wanted) {
        return new Wanted(
                optional(wanted, "kind").map(kind -> NotedFact.Kind.valueOf(upper(kind))),
                text(wanted, "fact"),
                text(wanted, "unit"),
                text(wanted, "substance").flatMap(Substance::of),
                optional(wanted, "range").map(range -> range.get("low").decimalValue()),
                optional(wanted, "range").map(range -> range.get("high").decimalValue()));
    }

    private static FollowUp followUp(JsonNode times, JsonNode output) {
        return new FollowUp(
                list(times, JsonNode::asDouble),
                output.get("unit").asText(),
                list(output.get("horizons"), JsonNode::asDouble));
    }

    private static Choices choices(JsonNode choices, JsonNode output) {
        return new Choices(output.get("top").asInt(), list(choices, OutputMapper::choice));
    }

    private static Choice choice(JsonNode choice) {
        var outcome = choice.get("outcome");
        return new Choice(
                choice.get("choice").asText(),
                new Code(outcome.get("system").asText(), outcome.get("code").asText()),
                outcome.get("display").asText(),
                text(choice, "column"));
    }

    private static Output.FromTensor fromTensor(String tensor, JsonNode output) {
        return new Output.FromTensor(
                tensor,
                output.path("threshold").asDouble(0.5),
                output.has("class") ? OptionalInt.of(output.get("class").asInt()) : OptionalInt.empty());
    }

    private static Band band(JsonNode band) {
        return new Band(
                optional(band, "below").map(JsonNode::asDouble),
                optional(band, "anyItem").map(JsonNode::asDouble),
                text(band, "when"),
                RiskWord.of(band.get("risk").asText()),
                text(band, "text"));
    }
}
