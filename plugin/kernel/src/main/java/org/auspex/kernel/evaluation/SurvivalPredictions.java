package org.auspex.kernel.evaluation;

import java.util.Arrays;

/**
 * What a model foresaw, one row per subject.
 *
 * @param risk any number, of which more means that the event comes sooner
 * @param free the probability of being free of the event after each time, 0 to 1 and never rising
 * @param times above 0 and rising, in the unit in which subjects were followed
 * @param horizons of the times, those at which calibration is judged
 */
public record SurvivalPredictions(double[] risk, double[][] free, double[] times, double[] horizons) {

    /** The risk of each subject by one of the times. */
    double[] risksAt(double time) {
        var at = Arrays.binarySearch(times, time);
        return Arrays.stream(free).mapToDouble(curve -> 1 - curve[at]).toArray();
    }
}
