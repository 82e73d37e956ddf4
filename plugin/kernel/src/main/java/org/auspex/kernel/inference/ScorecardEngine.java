package org.auspex.kernel.inference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.Scorecard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;

/** Adds up a published points table. */
final class ScorecardEngine implements Engine {

    private final Scorecard scorecard;
    private final Output output;

    ScorecardEngine(Scorecard scorecard, Output output) {
        this.scorecard = scorecard;
        this.output = output;
    }

    @Override
    public List<Outcome> infer(List<Features> batch) {
        return batch.stream().map(this::score).toList();
    }

    @Override
    public List<Contribution> explain(Features features) {
        return scorecard.items().stream()
                .map(item -> new Contribution(item.input(), points(item, features)))
                .toList();
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private Outcome score(Features features) {
        var items = scorecard.items().stream()
                .map(item -> new Outcome.Item(item.name(), points(item, features)))
                .toList();
        var total = items.stream().mapToDouble(Outcome.Item::points).sum();
        var highest = items.stream().mapToDouble(Outcome.Item::points).max().orElse(0);
        return new Outcome.Score(total, items, output.band(total, highest));
    }

    private static double points(Scorecard.Item item, Features features) {
        var matching = item.cases().stream()
                .filter(candidate -> holds(candidate.when(), features))
                .findFirst()
                .orElseThrow(() -> new InferenceFailed(
                        InferenceFailed.Kind.FAULT,
                        "No case of item '%s' fits; add one without 'when'".formatted(item.name())));
        return points(matching.points(), item, features.get(item.input()));
    }

    private static boolean holds(Map<String, String> when, Features features) {
        return when.entrySet().stream()
                .allMatch(condition -> features.get(condition.getKey()) instanceof Feature.Categorical categorical
                        && categorical.category().equals(condition.getValue()));
    }

    private static double points(Scorecard.Points points, Scorecard.Item item, Feature feature) {
        if (points instanceof Scorecard.Points.Steps steps && feature instanceof Feature.Numeric numeric) {
            var value = rounded(numeric.value(), item);
            return steps.steps().stream()
                    .filter(step -> step.to().map(to -> value <= to).orElse(true))
                    .findFirst()
                    .map(Scorecard.Step::points)
                    .orElseThrow(() -> unreadable(item, feature));
        }
        if (points instanceof Scorecard.Points.ByCategory byCategory
                && feature instanceof Feature.Categorical categorical) {
            var found = byCategory.points().get(categorical.category());
            if (found != null) {
                return found;
            }
        }
        throw unreadable(item, feature);
    }

    private static InferenceFailed unreadable(Scorecard.Item item, Feature feature) {
        return new InferenceFailed(
                InferenceFailed.Kind.FAULT,
                "Item '%s' has no points for %s"
                        .formatted(item.name(), feature.getClass().getSimpleName()));
    }

    /** Half up to the item's step, in decimals, so that 38.05 to a step of 0.1 is 38.1 and not 38.0. */
    private static double rounded(double value, Scorecard.Item item) {
        return item.round()
                .map(BigDecimal::valueOf)
                .map(step -> BigDecimal.valueOf(value)
                        .divide(step, 0, RoundingMode.HALF_UP)
                        .multiply(step)
                        .doubleValue())
                .orElse(value);
    }
}
