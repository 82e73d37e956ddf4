package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Criteria;
import org.auspex.terminology.Code;

/** What must be true of a card's output and trigger together: bands that cover everything, and no self-trigger. */
final class OutputRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        for (int i = 0; i < card.path("outputs").size(); i++) {
            output(card, i, report);
        }
    }

    private static void output(JsonNode card, int index, BiConsumer<String, String> report) {
        var at = "/outputs/" + index;
        var output = card.path("outputs").get(index);
        bands(output.path("bands"), at + "/bands", report);
        if (!output.has("display") && !output.path("outcome").has("display")) {
            report.accept(at, "it has no words - add display: what is predicted");
        }
        var kind = output.path("kind").asText();
        if (card.has("images")) {
            // ImagesRule knows what a network of images may say.
            return;
        }
        if (kind.equals("mask") || kind.equals("uncertainty")) {
            report.accept(
                    at + "/kind", "only a network of images gives a %s - add images: and tensors:".formatted(kind));
        }
        var engine = card.path("engine").path("kind").asText();
        if (engine.equals("facts") || kind.equals("facts")) {
            // NoteRule knows what is written of a document.
            return;
        }
        if (engine.equals("rules") != kind.equals("issues")) {
            report.accept(
                    at + "/kind",
                    engine.equals("rules")
                            ? "rules find issues - write kind: issues"
                            : "only rules find issues - write another kind, or engine: {kind: rules}");
            return;
        }
        if (!engine.equals("scorecard") && (kind.equals("score") || kind.equals("label"))) {
            report.accept(
                    at + "/kind", "an engine of kind %s gives no %s - write kind: probability".formatted(engine, kind));
        }
        if (engine.equals("scorecard") && kind.equals("ranking")) {
            report.accept(at + "/kind", "a scorecard puts nothing in order - write kind: label, or another engine");
        }
        if (engine.equals("scorecard") && kind.equals("survival")) {
            report.accept(at + "/kind", "a scorecard gives no survival curve - write kind: probability with a horizon");
        }
        if (card.path("outputs").size() > 1 && !(engine.equals("scorecard") && kind.equals("probability"))) {
            report.accept(at, "only a scorecard has several outputs, and only of kind probability - split the model");
        }
        var score = kind.equals("score");
        var observed = output.has("code") && (score || kind.equals("survival"));
        if (score && !output.has("code")) {
            report.accept(at, "a score has no code - add code: system|code, for the Observation that carries it");
        }
        if (kind.equals("label") != output.has("labels")) {
            report.accept(
                    at,
                    kind.equals("label")
                            ? "the output is a label and names none - add labels:"
                            : "only an output of kind label has labels - remove them, or write kind: label");
        }
        ChoicesRule.check(output, card.path("engine"), at, report);
        FollowUpRule.check(output, card.path("engine"), at, report);
        selfTrigger(card.at("/trigger/on"), output.path("code").asText(), observed, report);
    }

    private static void bands(JsonNode bands, String place, BiConsumer<String, String> report) {
        var last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bands.size(); i++) {
            var below = bands.get(i).path("below");
            var at = place + "/" + i;
            var conditional = bands.get(i).has("anyItem") || bands.get(i).has("when");
            if (i == bands.size() - 1 && (!below.isMissingNode() || conditional)) {
                report.accept(
                        at,
                        "the last band has a condition, so some results have no band - remove its below, when and anyItem");
            } else if (i < bands.size() - 1 && below.isMissingNode() && !conditional) {
                report.accept(at, "a band without below is not the last, so those after it are never used - add below");
            } else if (!below.isMissingNode() && !conditional && below.asDouble() < last) {
                report.accept(
                        at + "/below",
                        "bands do not rise: %s after %s - put them in rising order".formatted(below.asText(), last));
            }
            last = below.isMissingNode() || conditional ? last : below.asDouble();
        }
    }

    private static void selfTrigger(JsonNode on, String ownCode, boolean observed, BiConsumer<String, String> report) {
        for (int i = 0; i < on.size(); i++) {
            var criteria = Criteria.parse(on.get(i).asText());
            var ownType = criteria.resourceType().equals("RiskAssessment")
                    || criteria.resourceType().equals("Provenance");
            var ownObservation = observed
                    && criteria.resourceType().equals("Observation")
                    && criteria.wants(java.util.List.of(Code.parse(ownCode)));
            if (ownType || ownObservation) {
                report.accept(
                        "/trigger/on/" + i,
                        "the model would trigger itself: it writes what '%s' finds - name the codes of its inputs"
                                .formatted(criteria));
            }
        }
    }
}
