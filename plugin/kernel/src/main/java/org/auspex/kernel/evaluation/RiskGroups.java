package org.auspex.kernel.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows in thirds of the predicted risk, from low to high, and how each fared; fewer where rows are few or risks are equal.
 *
 * @param highestToLowest how much oftener events come in the highest group than in the lowest; empty with one group, or where no
 *     finite ratio is the likeliest
 */
public record RiskGroups(List<FreeCurve> curves, Optional<HazardRatio> highestToLowest) {

    private static final int GROUPS = 3;

    public RiskGroups {
        curves = List.copyOf(curves);
    }

    /** Of rows as {@link Evaluation#ofSurvival} takes them. */
    public static RiskGroups of(double[] risk, Endings endings) {
        SurvivalRows.of(risk, endings);
        var portions = Portions.ofRows(risk, GROUPS);
        var last = IntStream.of(portions).max().orElse(0);
        var curves = IntStream.rangeClosed(0, last)
                .mapToObj(portion -> rows(portions, row -> portions[row] == portion))
                .map(rows -> FreeCurve.of(endings.only(rows)))
                .toList();
        return new RiskGroups(curves, last == 0 ? Optional.empty() : ratio(portions, last, endings));
    }

    private static Optional<HazardRatio> ratio(int[] portions, int last, Endings endings) {
        var rows = rows(portions, row -> portions[row] == 0 || portions[row] == last);
        var highest = new boolean[rows.length];
        IntStream.range(0, rows.length).forEach(i -> highest[i] = portions[rows[i]] == last);
        var those = endings.only(rows);
        return HazardRatio.of(those.time(), those.event(), highest);
    }

    private static int[] rows(int[] portions, IntPredicate wanted) {
        return IntStream.range(0, portions.length).filter(wanted).toArray();
    }
}
