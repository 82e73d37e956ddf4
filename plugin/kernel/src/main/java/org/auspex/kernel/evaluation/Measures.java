package org.auspex.kernel.evaluation;

import java.util.List;
import java.util.function.Function;

/**
 * Figures that are taken of the same rows in one go, so that these are summed up once.
 *
 * @param each in the order of the statistics
 * @param statistics takes how often each row counts
 */
record Measures(List<Measure> each, Function<int[], List<Statistic>> statistics) {

    Measures {
        each = List.copyOf(each);
    }

    int count() {
        return each.size();
    }

    /** Which compare two predicted probabilities of the same rows. */
    static Measures ofProbabilities(BinaryRows rows) {
        return new Measures(List.of(Measure.AUROC, Measure.AVERAGE_PRECISION, Measure.BRIER_SCORE), weights -> {
            var tally = rows.tally(weights);
            return List.of(tally.auroc(), tally.averagePrecision(), tally.brierScore());
        });
    }

    /** Which compare two scores of the same rows. */
    static Measures ofScores(BinaryRows rows) {
        return new Measures(List.of(Measure.AUROC, Measure.AVERAGE_PRECISION), weights -> {
            var tally = rows.tally(weights);
            return List.of(tally.auroc(), tally.averagePrecision());
        });
    }

    /** Which compare groups by probabilities: none that moves with the prevalence. */
    static Measures ofGroupsByProbability(BinaryRows rows) {
        return new Measures(List.of(Measure.AUROC, Measure.OBSERVED_LESS_EXPECTED), weights -> {
            var tally = rows.tally(weights);
            return List.of(tally.auroc(), tally.observedLessExpected());
        });
    }

    /** Which compare groups by scores. */
    static Measures ofGroupsByScore(BinaryRows rows) {
        return new Measures(
                List.of(Measure.AUROC), weights -> List.of(rows.tally(weights).auroc()));
    }

    static Measures ofSurvival(SurvivalRows rows) {
        return new Measures(
                List.of(Measure.CONCORDANCE),
                weights -> List.of(rows.pairs(weights).concordance()));
    }

    /** Concordance, and calibration at a horizon. */
    static Measures ofCurves(SurvivalRows rows, Horizon horizon) {
        return new Measures(
                List.of(Measure.CONCORDANCE, Measure.observedLessExpected(horizon.horizon())),
                weights -> List.of(rows.pairs(weights).concordance(), horizon.observedLessExpected(weights)));
    }

    static Measures ofDice(double[] dice) {
        return new Measures(List.of(Measure.MEAN_DICE), weights -> List.of(Mean.of(dice, weights)));
    }
}
