package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** Checked rows of a prediction and whether its outcome happened. */
final class BinaryRows {

    private final Levels predictions;
    private final boolean[] positive;

    private BinaryRows(double[] prediction, boolean[] positive) {
        this.predictions = new Levels(prediction);
        this.positive = positive.clone();
    }

    static BinaryRows ofProbabilities(double[] probability, boolean[] positive) {
        RowFaults.refuseUnequal("probability", probability.length, "positive", positive.length);
        RowFaults.refuse(probability.length, row -> notAProbability(probability[row]));
        return new BinaryRows(probability, positive);
    }

    static BinaryRows ofScores(double[] score, boolean[] positive) {
        RowFaults.refuseUnequal("score", score.length, "positive", positive.length);
        RowFaults.refuse(score.length, row -> RowFaults.notFinite("a score", score[row]));
        return new BinaryRows(score, positive);
    }

    private static Optional<String> notAProbability(double value) {
        return value >= 0 && value <= 1
                ? Optional.empty()
                : Optional.of("a probability lies between 0 and 1, not at " + value);
    }

    int count() {
        return positive.length;
    }

    int positives() {
        return (int)
                IntStream.range(0, positive.length).filter(row -> positive[row]).count();
    }

    /** How many rows have a prediction like this. */
    int count(DoublePredicate prediction) {
        return (int) IntStream.range(0, positive.length)
                .filter(row -> prediction.test(predictions.values()[predictions.of(row)]))
                .count();
    }

    /** The rows summed up, each counted once. */
    Tally tally() {
        var once = new int[positive.length];
        Arrays.fill(once, 1);
        return tally(once);
    }

    /** The rows summed up, each counted as often as its weight says. */
    Tally tally(int[] weights) {
        var positives = new int[predictions.count()];
        var negatives = new int[predictions.count()];
        for (var row = 0; row < weights.length; row++) {
            var outcomes = positive[row] ? positives : negatives;
            outcomes[predictions.of(row)] += weights[row];
        }
        return new Tally(predictions.values(), positives, negatives);
    }
}
