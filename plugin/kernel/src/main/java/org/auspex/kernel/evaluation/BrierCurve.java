package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The Brier score over time, weighted for censoring and averaged from 0 to the last time of the curve to which anybody
 * was followed, by trapezia (Graf et al., Statistics in Medicine 1999;18:2529-45).
 */
final class BrierCurve {

    private final Followed followed;
    private final double[] times;

    BrierCurve(Followed followed, double[] times) {
        this.followed = followed;
        this.times = Arrays.stream(times).filter(time -> time <= followed.end()).toArray();
    }

    /** Where it ends; empty if nobody was followed to the first time. */
    Optional<Double> end() {
        return times.length == 0 ? Optional.empty() : Optional.of(times[times.length - 1]);
    }

    /** What each row adds, for predictions of one curve for each. */
    double[] ofCurves(double[][] free) {
        return IntStream.range(0, followed.count())
                .mapToDouble(row -> integrated(row, free[row]))
                .toArray();
    }

    /** The same for the Kaplan-Meier curve of the rows themselves, or their cumulative incidence, foreseen for everybody. */
    double[] ofKaplanMeier() {
        var inTime = followed.inTime(IntStream.range(0, followed.count()).toArray());
        var once = new int[followed.count()];
        Arrays.fill(once, 1);
        var curve = Arrays.stream(times)
                .map(time -> followed.free(inTime, once, time))
                .toArray();
        return IntStream.range(0, followed.count())
                .mapToDouble(row -> integrated(row, curve))
                .toArray();
    }

    private double integrated(int row, double[] free) {
        var area = 0.0;
        var before = 0.0;
        for (var i = 0; i < times.length; i++) {
            var here = error(row, times[i], free[i]);
            area += (times[i] - (i == 0 ? 0 : times[i - 1])) * (before + here) / 2;
            before = here;
        }
        return area / times[times.length - 1];
    }

    private double error(int row, double time, double free) {
        var off = followed.hadEventBy(row, time) ? free : 1 - free;
        return followed.weight(row, time) * off * off;
    }
}
