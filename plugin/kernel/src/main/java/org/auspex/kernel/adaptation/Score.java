package org.auspex.kernel.adaptation;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.Figure;
import org.auspex.kernel.evaluation.Interval;
import org.auspex.kernel.evaluation.Mean;

/**
 * Dice over held-out cases.
 *
 * @param dice the mean of the patients, each of whom is the mean of their images; 0 to 1
 */
public record Score(Figure dice) {

    private static final long SEED = 1;

    static Score of(List<LabelledCase> cases, ToDoubleFunction<LabelledCase> dice) {
        var patients = cases.stream()
                .collect(Collectors.groupingBy(LabelledCase::patient, TreeMap::new, Collectors.averagingDouble(dice)));
        var numbers =
                patients.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Score(Mean.of(numbers, Bootstrap.seeded(SEED)));
    }

    /** The mean, 0 to 1. */
    public double value() {
        return dice.value().orElseThrow();
    }

    /** 95 %, by bootstrap over patients; empty where there is one patient only. */
    public Optional<Interval> interval() {
        return dice.confidence();
    }
}
