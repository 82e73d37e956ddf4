package org.auspex.kernel.outcome;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/**
 * What a model's result means, as its card declares it.
 *
 * @param name unique within the card
 * @param kind probability or score
 * @param outcome the condition or event that is predicted; its display stands in {@code display}
 * @param display the same in words
 * @param code for a score: the code of the Observation that carries the total
 * @param bands tried in order
 * @param positive how a table's label column reads, for {@code evaluate}
 */
public record Output(
        String name,
        Kind kind,
        Optional<Code> outcome,
        String display,
        Optional<Code> code,
        List<Band> bands,
        Optional<String> positive) {

    /** Kinds of result. */
    public enum Kind {
        PROBABILITY,
        SCORE
    }

    public Output {
        bands = List.copyOf(bands);
    }

    /** The band of a result; empty when the card has no bands or none holds it. */
    public Optional<Band> band(double value, double highestItem) {
        return bands.stream().filter(band -> band.holds(value, highestItem)).findFirst();
    }
}
