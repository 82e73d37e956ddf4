package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evaluation.Grouping;
import org.auspex.kernel.features.Features;

/**
 * The subjects that a model is judged on, one row for each.
 *
 * @param source where they come from, in words
 * @param leftOut how many were named and are no row, by the reason
 * @param features what the model read
 * @param missing how many rows lack each input
 * @param scored what it said
 * @param groupings ways of sorting them
 * @param people whom each row is about: one person may have several rows
 * @param rival what the model is compared with besides the share of positives
 */
public record Sample(
        String source,
        Map<String, Integer> leftOut,
        List<Features> features,
        Map<String, Integer> missing,
        List<Scored> scored,
        Happened happened,
        List<Grouping> groupings,
        List<String> people,
        Optional<Rival> rival) {

    public Sample {
        leftOut = Map.copyOf(leftOut);
        features = List.copyOf(features);
        missing = Map.copyOf(missing);
        scored = List.copyOf(scored);
        groupings = List.copyOf(groupings);
        people = List.copyOf(people);
    }
}
