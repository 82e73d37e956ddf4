package org.auspex.kernel.model;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Features;

/**
 * What a model's training rows were like, in sums that hold no row.
 *
 * @param rows how many there were
 * @param inputs how each was spread
 * @param output how the model's answers about these rows were spread: probabilities from 0 to 1, or points
 * @param distance how far a subject is from them
 * @param abstains whether there is no result about whom the distance puts beyond its threshold
 */
public record Training(
        int rows,
        List<Distribution> inputs,
        Optional<Distribution> output,
        Optional<TrainingDistance> distance,
        boolean abstains) {

    public Training {
        inputs = List.copyOf(inputs);
    }

    /** How an input was spread; empty if that is not told. */
    public Optional<Distribution> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }

    /** How far a subject is; empty if that is not told, or no number of it is known. */
    public Optional<TrainingDistance.Score> score(Features features) {
        return distance.flatMap(far -> far.score(features));
    }

    /** Why there is no result about a subject; empty if there may be one. */
    public Optional<String> obstacle(Features features) {
        return abstains
                ? score(features)
                        .filter(TrainingDistance.Score::isBeyond)
                        .map(score -> String.format(
                                java.util.Locale.ROOT,
                                "the values together are unlike those the model was trained on: distance %.1f, at most %.1f",
                                score.number(),
                                score.threshold()))
                : Optional.empty();
    }
}
