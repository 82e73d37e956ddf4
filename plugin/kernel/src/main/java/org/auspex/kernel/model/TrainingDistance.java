package org.auspex.kernel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;

/**
 * How far a subject is from those of a model's training: the Mahalanobis distance over the numbers that are known, on a scale that does not
 * depend on how many these are (Wilson and Hilferty, PNAS 1931;17:684-8). Were the numbers of the training normal, it would be standard
 * normal.
 *
 * @param inputs those that are numbers
 * @param correlation of the inputs with each other, on their scales
 * @param threshold the score from which on a subject is unlike those of the training
 */
public record TrainingDistance(List<Axis> inputs, List<List<Double>> correlation, double threshold) {

    private static final double SYMMETRIC = 1e-9;

    public TrainingDistance {
        inputs = List.copyOf(inputs);
        correlation = correlation.stream().map(List::copyOf).toList();
        var width = inputs.size();
        if (correlation.size() != width || correlation.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException(
                    "the correlation of %d inputs has as many rows and columns".formatted(width));
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(correlation.get(i).get(j) - correlation.get(j).get(i)) > SYMMETRIC) {
                    throw new IllegalArgumentException("the correlation is not symmetric at %s and %s"
                            .formatted(inputs.get(i).name(), inputs.get(j).name()));
                }
            }
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("the threshold is " + threshold);
        }
        squared(
                correlation,
                new double[width],
                java.util.stream.IntStream.range(0, width).toArray());
    }

    /**
     * One number.
     *
     * @param logarithm whether log(1 + x) of it is taken
     * @param mean on that scale
     * @param deviation the standard deviation on that scale, above 0
     */
    public record Axis(String name, boolean logarithm, double mean, double deviation) {
        public Axis {
            if (!Double.isFinite(mean) || !(deviation > 0)) {
                throw new IllegalArgumentException(
                        "'%s' has mean %s and deviation %s".formatted(name, mean, deviation));
            }
        }

        double standard(double value) {
            return ((logarithm ? Math.log1p(Math.max(value, 0)) : value) - mean) / deviation;
        }
    }

    /**
     * A score beside its threshold.
     *
     * @param known how many numbers it rests on
     */
    public record Score(double number, double threshold, int known) {
        public boolean isBeyond() {
            return number > threshold;
        }
    }

    /** Empty if no number is known. */
    public Optional<Score> score(Features features) {
        var known = new ArrayList<Integer>();
        var standard = new double[inputs.size()];
        for (int i = 0; i < inputs.size(); i++) {
            var feature = features.byInput().get(inputs.get(i).name());
            if (feature instanceof Feature.Numeric numeric) {
                standard[i] = inputs.get(i).standard(numeric.value());
                known.add(i);
            }
        }
        var count = known.size();
        if (count == 0) {
            return Optional.empty();
        }
        var mean = squared(
                        correlation,
                        standard,
                        known.stream().mapToInt(Integer::intValue).toArray())
                / count;
        var variance = 2.0 / (9 * count);
        return Optional.of(new Score((Math.cbrt(mean) - (1 - variance)) / Math.sqrt(variance), threshold, count));
    }

    /**
     * The square of the distance over some of the inputs, by Cholesky's decomposition of their correlation.
     *
     * @throws IllegalArgumentException if the correlation is none
     */
    private static double squared(List<List<Double>> correlation, double[] standard, int[] known) {
        var lower = new double[known.length][known.length];
        var solved = new double[known.length];
        var sum = 0.0;
        for (int i = 0; i < known.length; i++) {
            for (int j = 0; j <= i; j++) {
                var rest = correlation.get(known[i]).get(known[j]);
                for (int k = 0; k < j; k++) {
                    rest -= lower[i][k] * lower[j][k];
                }
                if (i == j && !(rest > 0)) {
                    throw new IllegalArgumentException("the correlation is not positive definite");
                }
                lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
            }
            var rest = standard[known[i]];
            for (int k = 0; k < i; k++) {
                rest -= lower[i][k] * solved[k];
            }
            solved[i] = rest / lower[i][i];
            sum += solved[i] * solved[i];
        }
        return sum;
    }
}
