package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What must be true of the steps that a card wants to be followed up: they follow some result, and an input tells that they were done. */
final class FollowUpStepRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var names = new CardNames(card);
        var labels = card.at("/outputs/0/labels").findValuesAsText("label");
        var seen = new HashSet<String>();
        for (int i = 0; i < card.path("followUp").size(); i++) {
            var step = card.path("followUp").get(i);
            var at = "/followUp/" + i;
            if (!seen.add(step.path("step").asText())) {
                report.accept(
                        at + "/step",
                        "step '%s' is declared twice - give each a name of its own"
                                .formatted(step.path("step").asText()));
            }
            if (!step.has("labels") && !step.has("risks")) {
                report.accept(at, "it follows no result - add labels: or risks:");
            }
            for (int j = 0; j < step.path("labels").size(); j++) {
                if (!labels.contains(step.path("labels").get(j).asText())) {
                    report.accept(
                            at + "/labels/" + j,
                            "the output has no label '%s' - write one of %s"
                                    .formatted(step.path("labels").get(j).asText(), labels));
                }
            }
            input(step, "from", at, names, report);
            input(step, "needs", at, names, report);
            input(step, "awaits", at, names, report);
            if (time(step, "overdue").isPresent()
                    && time(step, "due").isPresent()
                    && time(step, "overdue").get().compareTo(time(step, "due").get()) < 0) {
                report.accept(at + "/overdue", "it is overdue before it is due - let it be later");
            }
        }
        warning(card, names, labels, report);
    }

    private static void warning(
            JsonNode card, CardNames names, List<String> labels, BiConsumer<String, String> report) {
        var warning = card.path("warning");
        input(warning, "since", "/warning", names, report);
        if (!warning.isMissingNode() && !warning.has("labels") && !warning.has("risks")) {
            report.accept("/warning", "it warns of nothing - add labels: or risks:");
        }
        for (int j = 0; j < warning.path("labels").size(); j++) {
            if (!labels.contains(warning.path("labels").get(j).asText())) {
                report.accept(
                        "/warning/labels/" + j,
                        "the output has no label '%s' - write one of %s"
                                .formatted(warning.path("labels").get(j).asText(), labels));
            }
        }
    }

    private static void input(
            JsonNode step, String key, String at, CardNames names, BiConsumer<String, String> report) {
        // Those of parts are looked up where the parts are read.
        if (step.has(key)
                && !Part.isOfPart(step.path(key).asText())
                && names.ofInput(step.path(key).asText()).isEmpty()) {
            report.accept(
                    at + "/" + key,
                    "no input is called '%s' - write one of %s"
                            .formatted(step.path(key).asText(), names.all()));
        }
    }

    /** Empty for what the schema reports. */
    private static Optional<Duration> time(JsonNode step, String key) {
        try {
            return Optional.ofNullable(step.get(key)).map(node -> Duration.parse(node.asText()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
