package org.auspex.kernel.evaluation;

import java.util.Optional;
import java.util.stream.IntStream;

/** How many positive and negative rows have each prediction: all that the figures of a sample rest on. */
final class Tally {

    private final double[] predictions;
    private final int[] positives;
    private final int[] negatives;
    private final long allPositives;
    private final long allNegatives;

    /**
     * Keeps the arrays.
     *
     * @param predictions distinct and rising
     * @param positives positive rows at each of them, 0 or more
     * @param negatives negative rows at each of them, 0 or more
     */
    Tally(double[] predictions, int[] positives, int[] negatives) {
        this.predictions = predictions;
        this.positives = positives;
        this.negatives = negatives;
        this.allPositives = IntStream.of(positives).asLongStream().sum();
        this.allNegatives = IntStream.of(negatives).asLongStream().sum();
    }

    /** Why nothing that sets positives against negatives is defined; empty when there are both. */
    Optional<String> oneSided() {
        if (allPositives + allNegatives == 0) {
            return Optional.of("There are no rows");
        }
        if (allPositives == 0) {
            return Optional.of("No row is positive");
        }
        return allNegatives == 0 ? Optional.of("No row is negative") : Optional.empty();
    }

    Statistic auroc() {
        return oneSided().<Statistic>map(Statistic.Unknown::new).orElseGet(() -> new Statistic.Known(rankedAbove()));
    }

    private double rankedAbove() {
        long twice = 0;
        long negativesBelow = 0;
        for (var level = 0; level < predictions.length; level++) {
            twice += positives[level] * (2 * negativesBelow + negatives[level]);
            negativesBelow += negatives[level];
        }
        return twice / (2.0 * allPositives * allNegatives);
    }

    Statistic averagePrecision() {
        return oneSided().<Statistic>map(Statistic.Unknown::new).orElseGet(() -> new Statistic.Known(meanPrecision()));
    }

    private double meanPrecision() {
        var sum = 0.0;
        long found = 0;
        long seen = 0;
        for (var level = predictions.length - 1; level >= 0; level--) {
            found += positives[level];
            seen += positives[level] + negatives[level];
            if (positives[level] > 0) {
                sum += positives[level] * ((double) found / seen);
            }
        }
        return sum / allPositives;
    }

    /** Of probabilities only. */
    Statistic brierScore() {
        if (allPositives + allNegatives == 0) {
            return new Statistic.Unknown("There are no rows");
        }
        var sum = 0.0;
        for (var level = 0; level < predictions.length; level++) {
            var probability = predictions[level];
            sum += positives[level] * (1 - probability) * (1 - probability);
            sum += negatives[level] * probability * probability;
        }
        return new Statistic.Known(sum / (allPositives + allNegatives));
    }

    /** The levels that have rows, rising. */
    int[] occupied() {
        return IntStream.range(0, predictions.length)
                .filter(level -> positives[level] + negatives[level] > 0)
                .toArray();
    }

    /** Distinct predictions, those of which no row is left included. */
    int levels() {
        return predictions.length;
    }

    long rows() {
        return allPositives + allNegatives;
    }

    /** The sum of the probabilities over the positives, of probabilities only. */
    Statistic expectedToObserved() {
        return allPositives == 0
                ? new Statistic.Unknown(rows() == 0 ? "There are no rows" : "No row is positive")
                : new Statistic.Known(expected() / allPositives);
    }

    /** The share of positives less the mean probability, of probabilities only. */
    Statistic observedLessExpected() {
        return rows() == 0
                ? new Statistic.Unknown("There are no rows")
                : new Statistic.Known((allPositives - expected()) / rows());
    }

    private double expected() {
        var sum = 0.0;
        for (var level = 0; level < predictions.length; level++) {
            sum += predictions[level] * (positives[level] + negatives[level]);
        }
        return sum;
    }

    double prediction(int level) {
        return predictions[level];
    }

    int positives(int level) {
        return positives[level];
    }

    int negatives(int level) {
        return negatives[level];
    }
}
