package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Source;
import org.auspex.terminology.Units;

/** What must be true of a card that has what documents name written down: one document in, facts out, and nothing of a network. */
final class NoteRule implements CardRule {

    private static final List<String> OF_INPUTS = List.of(
            "unit",
            "range",
            "above",
            "substance",
            "categories",
            "take",
            "missing",
            "onlyIf",
            "fact",
            "sources",
            "after");

    private static final List<String> OF_OUTPUTS =
            List.of("outcome", "bands", "horizon", "positive", "code", "labels", "choices", "top", "times", "tensor");

    private final Units units;

    NoteRule(Units units) {
        this.units = units;
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var reads = card.at("/engine/kind").asText().equals("facts");
        for (int i = 0; i < card.path("inputs").size(); i++) {
            input(card.path("inputs").get(i), "/inputs/" + i, reads, report);
        }
        for (int i = 0; i < card.path("outputs").size(); i++) {
            output(card.path("outputs").get(i), "/outputs/" + i, reads, report);
        }
        if (reads) {
            whole(card, report);
        }
    }

    private static void whole(JsonNode card, BiConsumer<String, String> report) {
        if (!card.path("subject").asText().equals("DocumentReference")) {
            report.accept("/subject", "facts are of one document - write subject: DocumentReference");
        }
        if (card.path("inputs").size() != 1 || card.path("outputs").size() != 1) {
            report.accept("/engine/kind", "it reads one document and gives its facts - write one input and one output");
        }
        for (int i = 0; i < card.at("/trigger/on").size(); i++) {
            if (!isOfDocuments(card.at("/trigger/on").get(i))) {
                report.accept(
                        "/trigger/on/" + i, "only a document can be read - write DocumentReference?type=system|code");
            }
        }
    }

    private static boolean isOfDocuments(JsonNode criteria) {
        return Criteria.parse(criteria.asText("Patient")).resourceType().equals("DocumentReference");
    }

    private static void input(JsonNode input, String at, boolean reads, BiConsumer<String, String> report) {
        var whole = input.path("value").asText().equals(Source.FACTS);
        if (whole != reads) {
            report.accept(
                    at + "/value",
                    reads
                            ? "the engine reads whole documents - write value: facts"
                            : "only an engine of kind facts takes all that a document names - write value: fact, and fact: what is looked for");
        }
        if (!whole) {
            return;
        }
        if (!isOfDocuments(input.path("from"))) {
            report.accept(at + "/from", "facts are of a document - write from: DocumentReference");
        }
        for (var key : OF_INPUTS) {
            if (input.has(key)) {
                report.accept(at + "/" + key, "a document as a whole has no %s - remove it".formatted(key));
            }
        }
    }

    private void output(JsonNode output, String at, boolean reads, BiConsumer<String, String> report) {
        var facts = output.path("kind").asText().equals("facts");
        if (facts != reads) {
            report.accept(
                    at + "/kind",
                    reads
                            ? "an engine of kind facts gives facts - write kind: facts"
                            : "only an engine of kind facts gives facts - write engine: {kind: facts}");
        }
        if (facts != output.has("facts")) {
            report.accept(
                    at,
                    facts
                            ? "it does not say what is written down - add facts: [{kind: problem}]"
                            : "only an output of kind facts has facts - remove them");
        }
        for (var key : OF_OUTPUTS) {
            if (facts && output.has(key)) {
                report.accept(at + "/" + key, "facts have no %s - remove it".formatted(key));
            }
        }
        for (int i = 0; i < output.path("facts").size(); i++) {
            wanted(output.path("facts").get(i), at + "/facts/" + i, report);
        }
    }

    private void wanted(JsonNode wanted, String at, BiConsumer<String, String> report) {
        var test = wanted.has("fact");
        for (var key : List.of("unit", "range", "substance")) {
            if (wanted.has(key) && !test) {
                report.accept(at + "/" + key, "a %s is of one test - write fact: and its name".formatted(key));
            }
        }
        if ((wanted.has("range") || wanted.has("substance")) && !wanted.has("unit")) {
            report.accept(at, "it is not said in which unit - add unit: such as mmol/L");
        }
        if (wanted.at("/range/low").asDouble() > wanted.at("/range/high").asDouble()) {
            report.accept(at + "/range", "the range's low is above its high - swap them");
        }
        if (wanted.has("unit")) {
            units.problem(wanted.path("unit").asText())
                    .ifPresent(problem -> report.accept(
                            at + "/unit",
                            "'%s' is no UCUM unit (%s) - write a UCUM code such as mm[Hg] or mmol/L"
                                    .formatted(wanted.path("unit").asText(), problem)));
        }
    }
}
