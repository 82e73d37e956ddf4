package org.auspex.kernel.evaluation;

import java.util.List;

/**
 * Whether a model is worth the same in every group of the rows. Each group is compared with all rows. Looking at many groups finds
 * differences by chance alone, so the intervals of all comparisons hold together with 95 %: single-step maxT over the bootstrap
 * resamples (Westfall and Young, Resampling-Based Multiple Testing, 1993).
 *
 * @param comparisons how many were made
 * @param fewest a group is compared from so many rows with the event, and as many without, on; where there is no event, from so many people
 */
public record Subgroups(int comparisons, int fewest, List<Subgroup> groups) {

    static final int FEWEST = 10;

    public Subgroups {
        groups = List.copyOf(groups);
    }

    /** Of predicted probabilities: AUROC and calibration. */
    public static Subgroups ofProbabilities(
            double[] probability, boolean[] positive, List<Grouping> by, Bootstrap bootstrap) {
        var rows = BinaryRows.ofProbabilities(probability, positive);
        return SubgroupComparison.of(Measures.ofGroupsByProbability(rows), positive, by, bootstrap);
    }

    /** Of points: AUROC. */
    public static Subgroups ofScores(double[] score, boolean[] positive, List<Grouping> by, Bootstrap bootstrap) {
        var rows = BinaryRows.ofScores(score, positive);
        return SubgroupComparison.of(Measures.ofGroupsByScore(rows), positive, by, bootstrap);
    }

    /** Of predictions of when an event comes: concordance. */
    public static Subgroups ofSurvival(double[] risk, Endings endings, List<Grouping> by, Bootstrap bootstrap) {
        var rows = SurvivalRows.of(risk, endings);
        return SubgroupComparison.of(Measures.ofSurvival(rows), endings.event(), by, bootstrap);
    }

    /** Of survival curves: concordance and calibration at the last horizon. */
    public static Subgroups ofCurves(
            SurvivalPredictions predicted, Endings endings, List<Grouping> by, Bootstrap bootstrap) {
        var rows = SurvivalRows.of(predicted.risk(), endings);
        var last = Horizon.last(predicted, new Followed(endings));
        return SubgroupComparison.of(Measures.ofCurves(rows, last), endings.event(), by, bootstrap);
    }

    /** Of Dice's coefficients: their mean. */
    public static Subgroups ofDice(double[] dice, List<String> people, List<Grouping> by, Bootstrap bootstrap) {
        return SubgroupComparison.ofPeople(
                Measures.ofDice(DiceEvaluation.checked(dice, people)), people, by, bootstrap);
    }
}
