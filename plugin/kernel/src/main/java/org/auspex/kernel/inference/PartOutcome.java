package org.auspex.kernel.inference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.model.Part;
import org.auspex.kernel.outcome.Outcome;

/** What a part said, as names that formulas read and as words for people. */
final class PartOutcome {

    private PartOutcome() {}

    /** {@code heartLabel}, {@code heartPoints}, {@code heartPercent} and {@code heartRisk}; a gap for whatever it did not say. */
    static Map<String, Feature> features(Part part, Outcome outcome) {
        var said = new LinkedHashMap<String, Feature>();
        Feature gap = new Feature.Missing("not said by " + part.card().id());
        said.put(
                part.name() + "Label",
                outcome instanceof Outcome.Labelled labelled
                        ? new Feature.Categorical(labelled.label().name(), 0)
                        : gap);
        said.put(
                part.name() + "Points",
                outcome instanceof Outcome.Score score ? new Feature.Numeric(score.total()) : gap);
        said.put(
                part.name() + "Percent",
                outcome instanceof Outcome.Risk risk
                        ? new Feature.Numeric(100 * risk.chances().get(0).probability())
                        : gap);
        said.put(
                part.name() + "Risk",
                outcome.risk()
                        .<Feature>map(word -> new Feature.Categorical(word.code(), 0))
                        .orElse(gap));
        return said;
    }

    static String words(Part part, Outcome outcome) {
        if (outcome instanceof Outcome.Labelled labelled) {
            return part.card().id() + " " + labelled.label().name();
        }
        if (outcome instanceof Outcome.Score score) {
            return "%s %s points".formatted(part.card().id(), shown(score.total()));
        }
        if (outcome instanceof Outcome.Risk risk) {
            return "%s %s %%"
                    .formatted(
                            part.card().id(), shown(100 * risk.chances().get(0).probability()));
        }
        return outcome instanceof Outcome.Abstained abstained
                ? "%s says nothing (%s)"
                        .formatted(
                                part.card().id(),
                                abstained.reasons().stream()
                                        .map(reason -> reason.input().orElse(reason.text()))
                                        .distinct()
                                        .collect(Collectors.joining(", ")))
                : part.card().id() + " " + outcome.kind();
    }

    private static String shown(double number) {
        return BigDecimal.valueOf(number)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
