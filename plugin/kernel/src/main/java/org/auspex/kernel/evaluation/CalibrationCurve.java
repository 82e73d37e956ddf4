package org.auspex.kernel.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicted probabilities beside how often they came true, in tenths of the rows from low to high; fewer where rows are few or
 * predictions are equal, as equal predictions stay together; and a smooth curve through all rows.
 *
 * @param smooth local straight lines over the nearest three quarters of the rows, at 51 probabilities; none of fewer than 20 rows or 5 different
 *     predictions
 */
public record CalibrationCurve(List<Group> groups, List<Smooth> smooth) {

    private static final int GROUPS = 10;

    public CalibrationCurve {
        groups = List.copyOf(groups);
        smooth = List.copyOf(smooth);
    }

    /** A point of the smooth curve. */
    public record Smooth(double probability, double observed) {}

    /**
     * Rows of like probability.
     *
     * @param meanProbability as predicted
     * @param observed rows whose outcome happened, with the interval of a proportion
     */
    public record Group(double meanProbability, Proportion observed) {}

    /** Of predicted probabilities, as {@link Evaluation#ofProbabilities} takes them. */
    public static CalibrationCurve of(double[] probability, boolean[] positive) {
        BinaryRows.ofProbabilities(probability, positive);
        var portions = Portions.ofRows(probability, GROUPS);
        return new CalibrationCurve(
                IntStream.of(portions)
                        .distinct()
                        .sorted()
                        .mapToObj(portion -> group(portion, portions, probability, positive))
                        .toList(),
                Loess.curve(probability, positive).stream()
                        .map(point -> new Smooth(point.place(), point.share()))
                        .toList());
    }

    private static Group group(int portion, int[] portions, double[] probability, boolean[] positive) {
        var rows = IntStream.range(0, portions.length)
                .filter(row -> portions[row] == portion)
                .toArray();
        return new Group(
                IntStream.of(rows)
                        .mapToDouble(row -> probability[row])
                        .average()
                        .orElseThrow(),
                new Proportion(IntStream.of(rows).filter(row -> positive[row]).count(), rows.length));
    }
}
