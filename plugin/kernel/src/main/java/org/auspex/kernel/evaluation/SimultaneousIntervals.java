package org.auspex.kernel.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Intervals of several differences that hold together with 95 %: each reaches as many of its own standard errors as the greatest
 * deviation of any of them in 95 % of the resamples (Westfall and Young's maxT).
 */
final class SimultaneousIntervals {

    private static final double TOGETHER = 0.95;

    private final List<Resampled> differences = new ArrayList<>();

    /** A difference in the sample, and how far each resample is from it; NaN where a resample does not define it. */
    private record Resampled(double number, double[] deviations, double standardError) {

        static Resampled of(double[] sampleFirst) {
            var deviations = Arrays.stream(sampleFirst)
                    .skip(1)
                    .map(number -> number - sampleFirst[0])
                    .toArray();
            var mean = defined(deviations).average().orElse(0);
            var variance = defined(deviations)
                    .map(d -> (d - mean) * (d - mean))
                    .average()
                    .orElse(0);
            return new Resampled(sampleFirst[0], deviations, Math.sqrt(variance));
        }

        private static DoubleStream defined(double[] deviations) {
            return Arrays.stream(deviations).filter(Double::isFinite);
        }

        boolean isTelling() {
            return standardError > 0 && 2 * defined(deviations).count() >= deviations.length;
        }

        double errorsOff(int resample) {
            return Double.isFinite(deviations[resample]) ? Math.abs(deviations[resample]) / standardError : 0;
        }
    }

    /** An interval around the difference of the sample. */
    record Ends(double low, double middle, double high) {
        boolean excludesZero() {
            return low > 0 || high < 0;
        }
    }

    /**
     * Takes a difference, unless it or most resamples of it are undefined or all alike.
     *
     * @param sampleFirst the difference in the sample, then in each resample, NaN where it is undefined; none if the sample has none
     * @return its place; -1 if it is not taken
     */
    int add(double[] sampleFirst) {
        if (sampleFirst.length < 2) {
            return -1;
        }
        var resampled = Resampled.of(sampleFirst);
        if (!resampled.isTelling()) {
            return -1;
        }
        differences.add(resampled);
        return differences.size() - 1;
    }

    int count() {
        return differences.size();
    }

    /** How many standard errors each interval reaches to either side; 0 without any difference. */
    double critical() {
        if (differences.isEmpty()) {
            return 0;
        }
        var greatest = new double[differences.get(0).deviations().length];
        for (var resample = 0; resample < greatest.length; resample++) {
            for (var difference : differences) {
                greatest[resample] = Math.max(greatest[resample], difference.errorsOff(resample));
            }
        }
        return Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).evaluate(greatest, TOGETHER);
    }

    /** Empty for a place of -1. */
    Optional<Ends> interval(int place, double critical) {
        if (place < 0) {
            return Optional.empty();
        }
        var difference = differences.get(place);
        var reach = critical * difference.standardError();
        return Optional.of(new Ends(difference.number() - reach, difference.number(), difference.number() + reach));
    }
}
