package org.auspex.commandline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Ranking;

/**
 * What a model said of one row: a number or an order to judge, or why there is none.
 *
 * @param free the curve, of a model that gives one
 * @param ranking the order, of a model that gives one
 * @param reason the input that was in the way, or the words where it was none
 * @param words in full
 */
record Predicted(
        Optional<Double> value,
        boolean isProbability,
        List<Double> free,
        Optional<Ranking> ranking,
        String reason,
        String words) {

    private static final String NOT_COMPUTED = "the output asked for could not be computed";

    /**
     * What one outcome says.
     *
     * @param output which of several; empty = the first
     */
    static Predicted of(Outcome said, Optional<String> output, ModelId model) {
        if (said instanceof Outcome.Risk risk) {
            return risk.chances().stream()
                    .filter(one -> output.map(one.output().name()::equals).orElse(true))
                    .findFirst()
                    .map(one -> number(one.probability(), true, List.of()))
                    .orElseGet(() -> none(NOT_COMPUTED, NOT_COMPUTED));
        }
        if (said instanceof Outcome.Score score) {
            return number(score.total(), false, List.of());
        }
        if (said instanceof Outcome.Survival survival) {
            var sooner = -survival.curve().restrictedMean();
            return number(sooner, false, survival.curve().free());
        }
        if (said instanceof Ranking ranking) {
            return new Predicted(ranking.value(), true, List.of(), Optional.of(ranking), "", "");
        }
        if (said instanceof Outcome.Abstained abstained) {
            var first = abstained.reasons().get(0);
            return none(first.input().orElse(first.text()), first.text());
        }
        throw new IllegalArgumentException("%s answers labels, which have no order to judge".formatted(model));
    }

    private static Predicted number(double value, boolean isProbability, List<Double> free) {
        return new Predicted(Optional.of(value), isProbability, free, Optional.empty(), "", "");
    }

    private static Predicted none(String reason, String words) {
        return new Predicted(Optional.empty(), false, List.of(), Optional.empty(), reason, words);
    }

    /** How often the model abstained for each first reason. */
    static Map<String, Long> abstentions(List<Predicted> values) {
        var counts = new TreeMap<String, Long>();
        values.stream()
                .filter(predicted -> predicted.value().isEmpty())
                .forEach(predicted -> counts.merge(predicted.reason(), 1L, Long::sum));
        return counts;
    }

    /** The first row that the model abstained on for each of these reasons, in words. */
    static Map<String, String> abstainedFirst(List<Predicted> values) {
        var first = new TreeMap<String, String>();
        for (int row = 0; row < values.size(); row++) {
            var predicted = values.get(row);
            if (predicted.value().isEmpty()) {
                first.putIfAbsent(predicted.reason(), "row %d: %s".formatted(row + 1, predicted.words()));
            }
        }
        return first;
    }
}
