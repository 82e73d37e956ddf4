package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How far a distribution has moved from another: the population stability index, the sum over the bins of (a - e) ln(a / e), which is
 * Jeffreys' divergence. Half a row is added to each bin of both, so that an empty one is not infinitely far.
 *
 * @param index 0 of equal distributions; by custom, below 0.1 is little and above 0.25 is much
 * @param byChance what the index exceeds in one of twenty samples of these sizes though nothing has moved (its distribution is then about
 *     (1/n + 1/m) times chi-square with one degree less than bins; Yurdakul and Naranjo, Journal of Credit Risk 2020;16(4):89-100)
 * @param rows of the sample
 */
public record PopulationStability(double index, double byChance, long rows) {

    /** Of fewer rows the index says little but how few they are. */
    public static final int FEWEST = 50;

    private static final double HALF = 0.5;
    private static final double Z95 = 1.6448536269514722;

    /** Whether it has moved much, and beyond chance. */
    public boolean hasMoved() {
        return index > 0.25 && index > byChance;
    }

    /**
     * Compares.
     *
     * @param expected rows of each bin that it is compared with; shares of them do as well
     * @param found rows of each bin
     * @return empty of too few rows, on either side
     */
    public static Optional<PopulationStability> of(List<Double> expected, List<Long> found) {
        RowFaults.refuseUnequal("expected", expected.size(), "found", found.size());
        var before = expected.stream()
                .mapToDouble(Double::doubleValue)
                .map(rows -> rows + HALF)
                .toArray();
        var now = found.stream()
                .mapToDouble(Long::doubleValue)
                .map(rows -> rows + HALF)
                .toArray();
        var allBefore = Arrays.stream(before).sum();
        var allNow = Arrays.stream(now).sum();
        var rows = found.stream().mapToLong(Long::longValue).sum();
        var known = expected.stream().mapToDouble(Double::doubleValue).sum();
        if (rows < FEWEST || known < FEWEST) {
            return Optional.empty();
        }
        var index = 0.0;
        for (int bin = 0; bin < now.length; bin++) {
            var share = now[bin] / allNow;
            var usual = before[bin] / allBefore;
            index += (share - usual) * Math.log(share / usual);
        }
        return Optional.of(
                new PopulationStability(index, (1.0 / rows + 1.0 / known) * chiSquare95(now.length - 1), rows));
    }

    /** The 95 % quantile, by Wilson and Hilferty. */
    private static double chiSquare95(int degrees) {
        if (degrees < 1) {
            return 0;
        }
        var spread = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - spread + Z95 * Math.sqrt(spread), 3);
    }
}
