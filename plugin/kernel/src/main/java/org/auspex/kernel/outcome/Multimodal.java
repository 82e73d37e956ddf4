package org.auspex.kernel.outcome;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.images.Attention;

/**
 * What was said from a slide and values together, or from either.
 *
 * @param chances one for each output that is a probability; at least one
 * @param survivals one for each output that is a survival curve
 * @param attention where on the slides the network looked; empty if there were none
 */
public record Multimodal(List<Outcome.Chance> chances, List<Outcome.Survival> survivals, Optional<Attention> attention)
        implements Outcome {
    public Multimodal {
        chances = List.copyOf(chances);
        survivals = List.copyOf(survivals);
        if (chances.isEmpty()) {
            throw new IllegalArgumentException("Something is said with a probability");
        }
    }

    @Override
    public String kind() {
        return "multimodal";
    }

    @Override
    public Optional<RiskWord> risk() {
        return chances.get(0).band().map(Band::risk);
    }

    @Override
    public Optional<Double> value() {
        return Optional.of(chances.get(0).probability());
    }
}
