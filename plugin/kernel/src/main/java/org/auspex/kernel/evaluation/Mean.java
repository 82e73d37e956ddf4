package org.auspex.kernel.evaluation;

import java.util.Arrays;

/** The mean of numbers that stand for independent cases, such as one for each patient. */
public final class Mean {

    private Mean() {}

    /**
     * The mean with its interval.
     *
     * @param numbers finite
     */
    public static Figure of(double[] numbers, Bootstrap bootstrap) {
        var cases = Arrays.copyOf(numbers, numbers.length);
        return bootstrap.replicate(cases.length, weights -> of(cases, weights)).figure(mean -> mean);
    }

    static Statistic of(double[] numbers, int[] weights) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += weights[i] * numbers[i];
            count += weights[i];
        }
        return count == 0 ? new Statistic.Unknown("There is no case") : new Statistic.Known(sum / count);
    }
}
