package org.auspex.kernel.appraisal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.statistics.descriptive.Quantile;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;

/**
 * One input over all rows.
 *
 * @param missing rows that lack it
 * @param unusable rows on which the model abstains because of it: implausible, or missing and needed
 * @param quartiles of the numbers that the model read, those imputed included; empty without numbers
 * @param categories how often the model read each, those imputed included
 */
public record InputDescription(
        String name, int missing, int unusable, Optional<List<Double>> quartiles, Map<String, Integer> categories) {

    private static final double[] QUARTERS = {0.25, 0.5, 0.75};

    static InputDescription of(String name, int missing, List<Features> rows) {
        var unusable = 0;
        var numbers = new double[rows.size()];
        var count = 0;
        var categories = new TreeMap<String, Integer>();
        for (var row : rows) {
            var feature = row.get(name);
            unusable += feature.obstacle().isPresent() ? 1 : 0;
            if (feature instanceof Feature.Numeric number) {
                numbers[count++] = number.value();
            } else if (feature instanceof Feature.Categorical category) {
                categories.merge(category.category(), 1, Integer::sum);
            }
        }
        return new InputDescription(name, missing, unusable, quartiles(Arrays.copyOf(numbers, count)), categories);
    }

    private static Optional<List<Double>> quartiles(double[] numbers) {
        return numbers.length == 0
                ? Optional.empty()
                : Optional.of(Arrays.stream(Quantile.withDefaults()
                                .with(Quantile.EstimationMethod.HF7)
                                .evaluate(numbers, QUARTERS))
                        .boxed()
                        .toList());
    }
}
