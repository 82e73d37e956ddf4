package org.auspex.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** What must be true of an output about the time of an event: rising times, and horizons that are among them. */
final class FollowUpRule {

    private static final List<String> KEYS = List.of("times", "unit", "horizons");

    private FollowUpRule() {}

    /**
     * Checks one output.
     *
     * @param engine of the card
     * @param at where the output stands
     */
    static void check(JsonNode output, JsonNode engine, String at, BiConsumer<String, String> report) {
        var survival = output.path("kind").asText().equals("survival");
        for (var key : KEYS) {
            if (survival && !output.has(key)) {
                report.accept(
                        at,
                        "a survival curve has no %s - add times:, their unit: and the horizons: for which a risk is named"
                                .formatted(key));
            } else if (!survival && output.has(key)) {
                report.accept(
                        at + "/" + key,
                        "only a survival curve has %s - remove it, or write kind: survival".formatted(key));
            }
        }
        if (!survival) {
            return;
        }
        if (output.has("horizon")) {
            report.accept(at + "/horizon", "a survival curve has several horizons - name them in horizons:");
        }
        if (engine.has("table")) {
            report.accept(at + "/kind", "a table gives classes and no survival curve - remove engine's table:");
        }
        rising(output.path("times"), at + "/times", report);
        rising(output.path("horizons"), at + "/horizons", report);
        within(output, at, report);
    }

    private static void rising(JsonNode numbers, String at, BiConsumer<String, String> report) {
        for (int i = 1; i < numbers.size(); i++) {
            var before = numbers.get(i - 1).asDouble();
            if (numbers.get(i).asDouble() <= before) {
                report.accept(
                        at + "/" + i,
                        "%s does not come after %s - put them in rising order, each once"
                                .formatted(numbers.get(i).asText(), before));
            }
        }
    }

    private static void within(JsonNode output, String at, BiConsumer<String, String> report) {
        Set<Double> times = new HashSet<>();
        output.path("times").forEach(time -> times.add(time.asDouble()));
        var horizons = output.path("horizons");
        for (int i = 0; i < horizons.size(); i++) {
            if (!times.contains(horizons.get(i).asDouble())) {
                report.accept(
                        at + "/horizons/" + i,
                        "%s is none of the curve's times - write one of them, or add it to times:"
                                .formatted(horizons.get(i).asText()));
            }
        }
    }
}
