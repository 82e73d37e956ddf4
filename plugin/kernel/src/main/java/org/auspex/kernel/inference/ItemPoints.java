package org.auspex.kernel.inference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.model.Scorecard;

/** What one item of a scorecard adds to the total. */
final class ItemPoints {

    private ItemPoints() {}

    static double of(Scorecard.Item item, Names names) {
        var points = item.cases().stream()
                .filter(candidate -> candidate.when().entrySet().stream()
                        .allMatch(condition -> names.isCategory(condition.getKey(), condition.getValue())))
                .findFirst()
                .orElseThrow(() -> new ArithmeticException("no case of item '%s' fits".formatted(item.name())))
                .points();
        if (points instanceof Scorecard.Points.Steps steps) {
            return step(steps.steps(), rounded(names.number(item.input()), item.round()));
        }
        if (points instanceof Scorecard.Points.ByCategory byCategory) {
            return names.found(byCategory.points(), List.of(item.input()));
        }
        if (points instanceof Scorecard.Points.Coefficient coefficient) {
            return names.found(
                            coefficient.values(), coefficient.by().map(List::of).orElse(List.of()))
                    * names.number(coefficient.times());
        }
        return names.number(((Scorecard.Points.Formula) points).value());
    }

    /** The amount of the first step that a value does not exceed. */
    static double step(List<Scorecard.Step> steps, double value) {
        return steps.stream()
                .filter(step -> step.to().map(to -> value <= to).orElse(true))
                .findFirst()
                .orElseThrow(() -> new ArithmeticException("no step holds " + value))
                .points();
    }

    /** Half up to the item's step, in decimals, so that 38.05 to a step of 0.1 is 38.1 and not 38.0. */
    private static double rounded(double value, Optional<Double> round) {
        return round.map(BigDecimal::valueOf)
                .map(step -> BigDecimal.valueOf(value)
                        .divide(step, 0, RoundingMode.HALF_UP)
                        .multiply(step)
                        .doubleValue())
                .orElse(value);
    }
}
