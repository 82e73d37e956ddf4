package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.outcome.Contribution;

/**
 * What a result would be without each of some inputs: the difference is what that input contributes.
 *
 * @param hidden the inputs that are hidden, one at a time
 */
record Occlusion(Features features, List<String> hidden) {

    Occlusion {
        hidden = List.copyOf(hidden);
    }

    /** Every input, also those that are missing already. */
    static Occlusion ofAll(Features features) {
        return new Occlusion(features, List.copyOf(features.byInput().keySet()));
    }

    /** The inputs that are known. */
    static Occlusion ofKnown(Features features) {
        return new Occlusion(
                features,
                features.byInput().entrySet().stream()
                        .filter(entry -> entry.getValue().number().isPresent())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** The features as they are, then without each of the inputs. */
    List<Features> variants() {
        return Stream.concat(Stream.of(features), hidden.stream().map(features::without))
                .toList();
    }

    /**
     * The result with all inputs less the result without each, in percentage points.
     *
     * @param probability of a variant, by its place
     */
    List<Contribution> contributions(IntToDoubleFunction probability) {
        var all = 100 * probability.applyAsDouble(0);
        var contributions = new ArrayList<Contribution>();
        for (int i = 0; i < hidden.size(); i++) {
            contributions.add(new Contribution(
                    hidden.get(i), all - 100 * probability.applyAsDouble(i + 1), Contribution.Scale.PERCENTAGE_POINTS));
        }
        return contributions;
    }
}
