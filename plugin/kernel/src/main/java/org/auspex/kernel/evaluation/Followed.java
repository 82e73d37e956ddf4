package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How subjects were followed: until their event or, without one, until they were last seen free of it. Whoever is censored at a time was
 * free of the event at it.
 */
final class Followed {

    private final double[] time;
    private final boolean[] event;
    private final double[] censored;
    private final double[] observed;

    Followed(double[] time, boolean[] event) {
        this.time = time.clone();
        this.event = event.clone();
        var order = inTime(IntStream.range(0, time.length).toArray());
        this.censored = new double[order.length];
        this.observed = new double[order.length];
        var share = 1.0;
        for (var i = 0; i < order.length; i++) {
            share *= event[order[i]] ? 1 : 1 - 1.0 / (order.length - i);
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
        return event[row] && time[row] <= when;
    }

    boolean wasFreeAt(int row, double when) {
        return time[row] >= when && !hadEventBy(row, when);
    }

    /**
     * How much a row counts for those like it who were censored: 1 over the Kaplan-Meier share that was not censored before
     * its event or, while it is free of it, before {@code when}; 0 where nobody knows whether it was free at {@code when}.
     */
    double weight(int row, double when) {
        if (hadEventBy(row, when)) {
            return 1 / observedBefore(time[row]);
        }
        return wasFreeAt(row, when) ? 1 / observedBefore(when) : 0;
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

    /** Rows in the order of their times, at one time the events first. */
    int[] inTime(int[] rows) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> time[row]).thenComparing(row -> !event[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Kaplan-Meier: the share free of the event after a time.
     *
     * @param inTime rows as {@link #inTime(int[])} orders them
     * @param weights how often each row counts, by row
     */
    double free(int[] inTime, int[] weights, double when) {
        long there = 0;
        for (var row : inTime) {
            there += weights[row];
        }
        var free = 1.0;
        for (var i = 0; i < inTime.length && time[inTime[i]] <= when; i++) {
            var count = weights[inTime[i]];
            if (event[inTime[i]] && count > 0) {
                free *= 1 - (double) count / there;
            }
            there -= count;
        }
        return free;
    }
}
