package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;
import org.auspex.kernel.features.Criteria;
import org.auspex.terminology.Code;

/** What must be true of a card's output and trigger together: bands that cover everything, and no self-trigger. */
final class OutputRule implements CardRule {

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var output = card.path("outputs").path(0);
        bands(output.path("bands"), report);
        var score = output.path("kind").asText().equals("score");
        var engine = card.path("engine").path("kind").asText();
        if (engine.equals("scorecard") != score && (engine.equals("scorecard") || engine.equals("pytorch"))) {
            report.accept(
                    "/outputs/0/kind",
                    "a %s engine gives no %s - write kind: %s"
                            .formatted(engine, output.path("kind").asText(), score ? "probability" : "score"));
        }
        if (score && !output.has("code")) {
            report.accept(
                    "/outputs/0", "a score has no code - add code: system|code, for the Observation that carries it");
        }
        selfTrigger(card.at("/trigger/on"), output.path("code").asText(), score, report);
    }

    private static void bands(JsonNode bands, BiConsumer<String, String> report) {
        var last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bands.size(); i++) {
            var below = bands.get(i).path("below");
            var at = "/outputs/0/bands/" + i;
            if (i == bands.size() - 1 && (!below.isMissingNode() || bands.get(i).has("anyItem"))) {
                report.accept(
                        at,
                        "the last band has a condition, so some results have no band - remove its below and anyItem");
            } else if (i < bands.size() - 1
                    && below.isMissingNode()
                    && !bands.get(i).has("anyItem")) {
                report.accept(at, "a band without below is not the last, so those after it are never used - add below");
            } else if (!below.isMissingNode() && below.asDouble() < last) {
                report.accept(
                        at + "/below",
                        "bands do not rise: %s after %s - put them in rising order".formatted(below.asText(), last));
            }
            last = below.isMissingNode() ? last : below.asDouble();
        }
    }

    private static void selfTrigger(JsonNode on, String ownCode, boolean score, BiConsumer<String, String> report) {
        for (int i = 0; i < on.size(); i++) {
            var criteria = Criteria.parse(on.get(i).asText());
            var ownType = criteria.resourceType().equals("RiskAssessment")
                    || criteria.resourceType().equals("Provenance");
            var ownScore = score
                    && criteria.resourceType().equals("Observation")
                    && criteria.wants(java.util.List.of(Code.parse(ownCode)));
            if (ownType || ownScore) {
                report.accept(
                        "/trigger/on/" + i,
                        "the model would trigger itself: it writes what '%s' finds - name the codes of its inputs"
                                .formatted(criteria));
            }
        }
    }
}
