package org.auspex.kernel.evaluation;

import java.util.List;
import java.util.function.Function;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The statistics of a sample and of its resamples.
 *
 * @param resamples empty when the sample cannot be resampled
 */
record Replicates<S>(S sample, List<S> resamples) {

    Replicates {
        resamples = List.copyOf(resamples);
    }

    /** One of the statistics with its interval. */
    Figure figure(Function<S, Statistic> statistic) {
        return statistic.apply(sample).figure(number -> estimate(number, statistic));
    }

    private Figure estimate(double number, Function<S, Statistic> statistic) {
        if (resamples.isEmpty()) {
            return new Figure.Bare(number, "One person alone cannot be resampled");
        }
        var numbers = resamples.stream()
                .map(statistic)
                .flatMapToDouble(Statistic::numbers)
                .toArray();
        // Where most resamples are undefined, the others are a choice of their own and no picture of the sample.
        if (2 * numbers.length < resamples.size()) {
            return new Figure.Bare(
                    number, "Only %d of %d resamples define it".formatted(numbers.length, resamples.size()));
        }
        return new Figure.Estimate(number, interval(numbers));
    }

    private Interval interval(double[] numbers) {
        var ends = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).evaluate(numbers, 0.025, 0.975);
        return new Interval(ends[0], ends[1], numbers.length, resamples.size() - numbers.length);
    }
}
