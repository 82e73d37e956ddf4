package org.auspex.kernel.inference;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.model.Scorecard;

/** Turns the total of a scorecard into a probability, 0 to 1. */
final class Likelihoods {

    private Likelihoods() {}

    static double of(Scorecard.Likelihood likelihood, double total, Names names) {
        if (likelihood instanceof Scorecard.Likelihood.Curve curve) {
            return onCurve(curve.points(), total) / 100;
        }
        if (likelihood instanceof Scorecard.Likelihood.Steps steps) {
            return ItemPoints.step(steps.steps(), total) / 100;
        }
        var probability =
                names.with(total, Optional.empty()).number(((Scorecard.Likelihood.Formula) likelihood).value());
        if (probability < 0 || probability > 1) {
            throw new ArithmeticException("%s is no probability".formatted(probability));
        }
        return probability;
    }

    private static double onCurve(List<Scorecard.Step> points, double total) {
        for (int i = 0; i < points.size(); i++) {
            var x = points.get(i).to().orElseThrow();
            if (total <= x) {
                return i == 0 ? points.get(0).points() : between(points.get(i - 1), points.get(i), total);
            }
        }
        return points.get(points.size() - 1).points();
    }

    private static double between(Scorecard.Step low, Scorecard.Step high, double total) {
        var from = low.to().orElseThrow();
        var share = (total - from) / (high.to().orElseThrow() - from);
        return low.points() + share * (high.points() - low.points());
    }
}
