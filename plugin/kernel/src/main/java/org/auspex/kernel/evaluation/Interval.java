package org.auspex.kernel.evaluation;

/**
 * A 95 % percentile bootstrap interval: the 2.5 % and 97.5 % quantiles of a figure over resamples of the rows (Efron and
 * Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). It is too narrow for a few dozen rows, and has no
 * width where every resample gives the same, as with an AUROC of 1.
 *
 * @param resamples the resamples it rests on
 * @param skipped further resamples that did not define the figure, as those in which every row is negative
 */
public record Interval(double low, double high, int resamples, int skipped) {
    public Interval {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "An interval goes up from a finite number, not from %s to %s".formatted(low, high));
        }
    }
}
