package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A smooth curve through outcomes that happened or not: straight lines fitted locally, with tricube weights over the nearest three quarters of the
 * rows (Cleveland, JASA 1979;74:829-36; for calibration Austin and Steyerberg, Stat Med 2014;33:517-35).
 */
final class Loess {

    private static final double SPAN = 0.75;
    private static final int POINTS = 50;
    private static final int FEWEST_ROWS = 20;
    private static final int FEWEST_LEVELS = 5;

    private final double[] place;
    private final double[] outcome;

    private Loess(double[] place, double[] outcome) {
        this.place = place;
        this.outcome = outcome;
    }

    /** A point of the curve. */
    record Point(double place, double share) {}

    /** Between the least and the greatest place; none of fewer than 20 rows or 5 different places. */
    static List<Point> curve(double[] places, boolean[] happened) {
        var order = IntStream.range(0, places.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> places[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        var place = IntStream.of(order).mapToDouble(row -> places[row]).toArray();
        if (place.length < FEWEST_ROWS || Arrays.stream(place).distinct().count() < FEWEST_LEVELS) {
            return List.of();
        }
        var loess = new Loess(
                place,
                IntStream.of(order).mapToDouble(row -> happened[row] ? 1 : 0).toArray());
        var low = place[0];
        var width = place[place.length - 1] - low;
        return IntStream.rangeClosed(0, POINTS)
                .mapToObj(i -> loess.at(low + width * i / POINTS))
                .toList();
    }

    private Point at(double where) {
        var count = (int) Math.ceil(SPAN * place.length);
        var from = nearest(where, count);
        var reach = Math.max(where - place[from], place[from + count - 1] - where);
        var sum = 0.0;
        var sumX = 0.0;
        var sumY = 0.0;
        var sumXx = 0.0;
        var sumXy = 0.0;
        for (var i = from; i < from + count; i++) {
            var x = place[i] - where;
            var share = reach > 0 ? Math.abs(x) / reach : 0;
            var cube = 1 - share * share * share;
            var weight = cube * cube * cube;
            sum += weight;
            sumX += weight * x;
            sumY += weight * outcome[i];
            sumXx += weight * x * x;
            sumXy += weight * x * outcome[i];
        }
        if (sum == 0) {
            // All of them lie at the rim, where equal predictions are many: their mean is all that is known.
            return new Point(
                    where, Arrays.stream(outcome, from, from + count).average().orElseThrow());
        }
        var determinant = sum * sumXx - sumX * sumX;
        var fitted = determinant > 1e-12 * sum * sum ? (sumXx * sumY - sumX * sumXy) / determinant : sumY / sum;
        return new Point(where, Math.min(Math.max(fitted, 0), 1));
    }

    /** Where the nearest rows begin. */
    private int nearest(double where, int count) {
        var from = 0;
        while (from + count < place.length && place[from + count] - where < where - place[from]) {
            from++;
        }
        return from;
    }
}
