package org.auspex.kernel.outcome;

import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.auspex.terminology.Code;

/**
 * What a model's result means, as its card declares it.
 *
 * @param name unique within the card
 * @param outcome the condition or event that is predicted; its display stands in {@code display}
 * @param display the same in words
 * @param horizon within which it is predicted; empty where the publication names none
 * @param code for a score: the code of the Observation that carries the total
 * @param bands tried in order
 * @param labels the answers of a model that sorts into classes
 * @param positive how a table's label column reads, for {@code evaluate}
 */
public record Output(
        String name,
        Kind kind,
        Optional<Code> outcome,
        String display,
        Optional<Period> horizon,
        Optional<Code> code,
        List<Band> bands,
        List<Label> labels,
        Optional<String> positive) {

    /** Kinds of result. */
    public enum Kind {
        PROBABILITY,
        SCORE,
        LABEL
    }

    public Output {
        bands = List.copyOf(bands);
        labels = List.copyOf(labels);
    }

    /**
     * The band of a result; empty when the card has no bands or none holds it.
     *
     * @param value percent of a probability, or points
     * @param highestItem the most points of any single item
     * @param condition tells whether a formula of the card holds
     */
    public Optional<Band> band(double value, double highestItem, Predicate<String> condition) {
        return bands.stream()
                .filter(band -> band.holds(value, highestItem, condition))
                .findFirst();
    }

    /**
     * The label of a name.
     *
     * @throws IllegalArgumentException if the card declares none of that name
     */
    public Label label(String named) {
        return labels.stream()
                .filter(label -> label.name().equals(named))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Output %s has no label '%s'".formatted(name, named)));
    }
}
