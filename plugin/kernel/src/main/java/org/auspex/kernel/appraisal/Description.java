package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who was judged.
 *
 * @param source where they come from, in words
 * @param leftOut how many were named and are no row, by the reason
 * @param judged rows with a prediction
 * @param events of the judged
 * @param rivals of the judged who had a competing event first; empty where none was looked for
 * @param excluded rows without a prediction by the first reason, which is mostly the input in the way
 * @param firstExcluded the first of these rows for each reason, in words
 * @param medianFollowUp of the judged by the reversed Kaplan-Meier method; empty if fewer than half were censored, or no times are known
 */
public record Description(
        String source,
        Map<String, Integer> leftOut,
        int rows,
        int judged,
        int events,
        Optional<Integer> rivals,
        Map<String, Long> excluded,
        Map<String, String> firstExcluded,
        Optional<Double> medianFollowUp,
        List<InputDescription> inputs) {

    public Description {
        inputs = List.copyOf(inputs);
    }
}
