package org.auspex.kernel.outcome;

import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.auspex.kernel.notes.Wanted;
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
 * @param tensor of a network of images: the tensor that holds it
 * @param followUp of a survival curve: over which time
 * @param choices of a ranking: what is put in order
 * @param wanted of a document's facts: what is written down
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
        Optional<String> positive,
        Optional<FromTensor> tensor,
        Optional<FollowUp> followUp,
        Optional<Choices> choices,
        List<Wanted> wanted) {

    /**
     * Where a network of images says it.
     *
     * @param name of the tensor
     * @param threshold of a mask: it is where the number is greater
     * @param label of a mask that stands beside others in one tensor: it is where the number is this one
     */
    public record FromTensor(String name, double threshold, OptionalInt label) {

        /** Whether a number of the tensor means that it is there. */
        public boolean isThere(float number) {
            return label.isPresent() ? number == label.getAsInt() : number > threshold;
        }
    }

    /** Kinds of result. */
    public enum Kind {
        PROBABILITY,
        SCORE,
        LABEL,
        /** Which of several diagnoses or events, the most probable first. */
        RANKING,
        /** When an event comes, as the falling probability of being free of it. */
        SURVIVAL,
        /** Where something is in an image. */
        MASK,
        /** Diagnoses that a language model thinks of, the likeliest first, each with its reasons. */
        DIFFERENTIAL,
        /** How unsure a network is at each place of an image, 0 to 1. */
        UNCERTAINTY,
        /** What nobody has answered. */
        ISSUES,
        /** What a document names. */
        FACTS
    }

    public Output {
        bands = List.copyOf(bands);
        labels = List.copyOf(labels);
        wanted = List.copyOf(wanted);
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
