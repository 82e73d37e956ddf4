package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How subjects were followed: until their event or a competing one or, without either, until they were last seen free of it. Whoever is
 * censored at a time was free of the event at it.
 */
final class Followed {

    private final Endings endings;
    private final double[] time;
    private final double[] censored;
    private final double[] observed;

    Followed(Endings endings) {
        this.endings = endings;
        this.time = endings.time().clone();
        var order = inTime(IntStream.range(0, time.length).toArray());
        this.censored = new double[order.length];
        this.observed = new double[order.length];
        var share = 1.0;
        for (var i = 0; i < order.length; i++) {
            share *= endings.isOver(order[i]) ? 1 : 1 - 1.0 / (order.length - i);
            censored[i] = time[order[i]];
            observed[i] = share;
        }
    }

    int count() {
        return time.length;
    }

    /** The longest that anybody was followed; 0 of no rows. */
    double end() {
        return Arrays.stream(time).max().orElse(0);
    }

    boolean hadEventBy(int row, double when) {
        return endings.event()[row] && time[row] <= when;
    }

    /**
     * How much a row counts for those like it who were censored: 1 over the Kaplan-Meier share that was not censored before
     * its event or a competing one or, while it is free of both, before {@code when}; 0 where nobody knows whether it was free at
     * {@code when}.
     */
    double weight(int row, double when) {
        if (endings.isOver(row) && time[row] <= when) {
            return 1 / observedBefore(time[row]);
        }
        return time[row] >= when ? 1 / observedBefore(when) : 0;
    }

    private double observedBefore(double when) {
        var low = 0;
        var high = censored.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (censored[middle] < when) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 1 : observed[low - 1];
    }

    /** Rows in the order of their times, at one time the censored last. */
    int[] inTime(int[] rows) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> time[row])
                        .thenComparing(row -> !endings.isOver(row)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The share that has not had the event after a time: Kaplan-Meier or, beside competing events, one less the cumulative incidence
     * (Aalen and Johansen, Scandinavian Journal of Statistics 1978;5:141-50).
     *
     * @param inTime rows as {@link #inTime(int[])} orders them
     * @param weights how often each row counts, by row
     */
    double free(int[] inTime, int[] weights, double when) {
        long there = 0;
        for (var row : inTime) {
            there += weights[row];
        }
        var ofBoth = 1.0;
        var spared = 0.0;
        for (var i = 0; i < inTime.length && time[inTime[i]] <= when; i++) {
            var row = inTime[i];
            if (endings.isOver(row) && weights[row] > 0) {
                var share = (double) weights[row] / there;
                spared += endings.competing()[row] ? ofBoth * share : 0;
                ofBoth *= 1 - share;
            }
            there -= weights[row];
        }
        return ofBoth + spared;
    }
}
