package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What it is worth to act on predictions, for each probability from which on somebody would act (Vickers and Elkin, Medical
 * Decision Making 2006;26:565-74).
 */
public record DecisionCurve(List<Point> points) {

    private static final int PERCENT = 100;

    public DecisionCurve {
        points = List.copyOf(points);
    }

    /**
     * Acting on everybody whose probability is at least {@code threshold}.
     *
     * @param threshold 0.01 to 0.99
     * @param netBenefit true positives less false positives weighted by the odds of the threshold, for each row
     * @param ofAll the same of acting on everybody; that of acting on nobody is 0
     */
    public record Point(double threshold, Figure netBenefit, double ofAll) {}

    /** Of predicted probabilities, as {@link Evaluation#ofProbabilities} takes them. */
    public static DecisionCurve of(double[] probability, boolean[] positive, Bootstrap bootstrap) {
        var rows = BinaryRows.ofProbabilities(probability, positive);
        var thresholds = IntStream.range(1, PERCENT)
                .mapToDouble(percent -> (double) percent / PERCENT)
                .toArray();
        var replicates = bootstrap.replicate(rows.count(), weights -> netBenefits(rows.tally(weights), thresholds));
        var prevalence = (double) rows.positives() / Math.max(1, rows.count());
        return new DecisionCurve(IntStream.range(0, thresholds.length)
                .mapToObj(i -> new Point(
                        thresholds[i],
                        replicates.figure(benefits -> benefits[i]),
                        prevalence - (1 - prevalence) * odds(thresholds[i])))
                .toList());
    }

    private static Statistic[] netBenefits(Tally tally, double[] thresholds) {
        var benefits = new Statistic[thresholds.length];
        if (tally.rows() == 0) {
            Arrays.fill(benefits, new Statistic.Unknown("There are no rows"));
            return benefits;
        }
        long truePositives = 0;
        long falsePositives = 0;
        var level = tally.levels() - 1;
        for (var i = thresholds.length - 1; i >= 0; i--) {
            for (; level >= 0 && tally.prediction(level) >= thresholds[i]; level--) {
                truePositives += tally.positives(level);
                falsePositives += tally.negatives(level);
            }
            benefits[i] = new Statistic.Known((truePositives - falsePositives * odds(thresholds[i])) / tally.rows());
        }
        return benefits;
    }

    private static double odds(double threshold) {
        return threshold / (1 - threshold);
    }
}
