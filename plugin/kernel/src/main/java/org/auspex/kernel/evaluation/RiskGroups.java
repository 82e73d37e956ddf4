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
public record RiskGroups(List<KaplanMeier> curves, Optional<HazardRatio> highestToLowest) {

    private static final int GROUPS = 3;

    public RiskGroups {
        curves = List.copyOf(curves);
    }

    /** Of rows as {@link Evaluation#ofSurvival} takes them. */
    public static RiskGroups of(double[] risk, double[] time, boolean[] event) {
        SurvivalRows.of(risk, time, event);
        var portions = Portions.ofRows(risk, GROUPS);
        var last = IntStream.of(portions).max().orElse(0);
        var curves = IntStream.rangeClosed(0, last)
                .mapToObj(portion -> rows(portions, row -> portions[row] == portion))
                .map(rows -> KaplanMeier.of(times(rows, time), flags(rows, event)))
                .toList();
        return new RiskGroups(curves, last == 0 ? Optional.empty() : ratio(portions, last, time, event));
    }

    private static Optional<HazardRatio> ratio(int[] portions, int last, double[] time, boolean[] event) {
        var rows = rows(portions, row -> portions[row] == 0 || portions[row] == last);
        var highest = new boolean[portions.length];
        IntStream.of(rows).forEach(row -> highest[row] = portions[row] == last);
        return HazardRatio.of(times(rows, time), flags(rows, event), flags(rows, highest));
    }

    private static int[] rows(int[] portions, IntPredicate wanted) {
        return IntStream.range(0, portions.length).filter(wanted).toArray();
    }

    private static double[] times(int[] rows, double[] time) {
        return IntStream.of(rows).mapToDouble(row -> time[row]).toArray();
    }

    private static boolean[] flags(int[] rows, boolean[] flag) {
        var chosen = new boolean[rows.length];
        IntStream.range(0, rows.length).forEach(i -> chosen[i] = flag[rows[i]]);
        return chosen;
    }
}
