package org.auspex.kernel.evaluation;

import java.util.List;

/**
 * What comes of calling rows positive from a prediction on, at the share of positives among these rows. Intervals are those of
 * proportions.
 *
 * @param from rows predicted at least this are called positive
 * @param flagged rows called positive, of all
 * @param sensitivity called positive, of the positive
 * @param specificity called negative, of the negative
 * @param positivePredictiveValue positive, of those called positive
 * @param negativePredictiveValue negative, of those called negative
 */
public record Threshold(
        double from,
        Proportion flagged,
        Proportion sensitivity,
        Proportion specificity,
        Proportion positivePredictiveValue,
        Proportion negativePredictiveValue) {

    /** For each of some thresholds, of predictions as {@link Evaluation#ofScores} takes them. */
    public static List<Threshold> of(double[] prediction, boolean[] positive, List<Double> thresholds) {
        var tally = BinaryRows.ofScores(prediction, positive).tally();
        return thresholds.stream()
                .sorted()
                .distinct()
                .map(from -> of(tally, from))
                .toList();
    }

    private static Threshold of(Tally tally, double from) {
        long truePositives = 0;
        long falsePositives = 0;
        long falseNegatives = 0;
        long trueNegatives = 0;
        for (var level = 0; level < tally.levels(); level++) {
            if (tally.prediction(level) >= from) {
                truePositives += tally.positives(level);
                falsePositives += tally.negatives(level);
            } else {
                falseNegatives += tally.positives(level);
                trueNegatives += tally.negatives(level);
            }
        }
        return new Threshold(
                from,
                new Proportion(truePositives + falsePositives, tally.rows()),
                new Proportion(truePositives, truePositives + falseNegatives),
                new Proportion(trueNegatives, trueNegatives + falsePositives),
                new Proportion(truePositives, truePositives + falsePositives),
                new Proportion(trueNegatives, trueNegatives + falseNegatives));
    }
}
