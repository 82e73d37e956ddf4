package org.auspex.kernel.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicted probabilities beside how often they came true, in tenths of the rows from low to high; fewer where rows are few or
 * predictions are equal, as equal predictions stay together.
 */
public record CalibrationCurve(List<Group> groups) {

    private static final int GROUPS = 10;

    public CalibrationCurve {
        groups = List.copyOf(groups);
    }

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
        return new CalibrationCurve(IntStream.of(portions)
                .distinct()
                .sorted()
                .mapToObj(portion -> group(portion, portions, probability, positive))
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
