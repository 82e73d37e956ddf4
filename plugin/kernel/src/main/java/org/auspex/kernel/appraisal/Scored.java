package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Multimodal;
import org.auspex.kernel.outcome.Outcome;

/**
 * What a model said of one subject: a number to judge, or why there is none.
 *
 * @param value a probability, points, or for a curve the mean time free of the event, negated so that more is sooner
 * @param isProbability whether the value is one
 * @param free the curve, of a model that gives one
 * @param reason the input that was in the way, or the words where it was none
 * @param words in full
 */
public record Scored(Optional<Double> value, boolean isProbability, List<Double> free, String reason, String words) {

    private static final String NOT_COMPUTED = "the output asked for could not be computed";

    public Scored {
        free = List.copyOf(free);
    }

    /**
     * Reads an outcome.
     *
     * @param output which of several probabilities; empty = the first
     * @throws AppraisalRefused if it has no order to judge, as labels have none
     */
    public static Scored of(Outcome said, Optional<String> output, ModelId model) {
        if (said instanceof Outcome.Risk risk) {
            return risk.chances().stream()
                    .filter(one -> output.map(one.output().name()::equals).orElse(true))
                    .findFirst()
                    .map(one -> new Scored(Optional.of(one.probability()), true, List.of(), "", ""))
                    .orElseGet(() -> none(NOT_COMPUTED, NOT_COMPUTED));
        }
        if (said instanceof Multimodal multimodal) {
            return of(new Outcome.Risk(multimodal.chances()), output, model);
        }
        if (said instanceof Outcome.Score score) {
            return new Scored(Optional.of(score.total()), false, List.of(), "", "");
        }
        if (said instanceof Outcome.Survival survival) {
            var sooner = -survival.curve().restrictedMean();
            return new Scored(Optional.of(sooner), false, survival.curve().free(), "", "");
        }
        if (said instanceof Outcome.Abstained abstained) {
            var first = abstained.reasons().get(0);
            return none(first.input().orElse(first.text()), first.text());
        }
        throw new AppraisalRefused(
                "%s answers a %s, which has no order to judge; name a model of probabilities, points or curves"
                        .formatted(model, said.kind()));
    }

    private static Scored none(String reason, String words) {
        return new Scored(Optional.empty(), false, List.of(), reason, words);
    }
}
