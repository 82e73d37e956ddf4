package org.auspex.kernel.outcome;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Diagnoses or events that exclude each other, in the order of their probability.
 *
 * @param ranked every choice of the card, the most probable first; of two as probable, the one that the card names first
 */
public record Ranking(Output output, List<Ranked> ranked) implements Outcome {

    /** How far probabilities may add up to something else than 1. */
    private static final double ROUNDING = 1e-3;

    public Ranking {
        ranked = List.copyOf(ranked);
        var sum = ranked.stream().mapToDouble(Ranked::probability).sum();
        if (!(Math.abs(sum - 1) <= ROUNDING)) {
            throw new IllegalArgumentException("Probabilities of what excludes each other add up to 1, not to " + sum);
        }
    }

    /**
     * One of the choices.
     *
     * @param probability 0 to 1
     * @param evidence how much each known input speaks for it or, below 0, against it
     */
    public record Ranked(Choice choice, double probability, List<Contribution> evidence) {
        public Ranked {
            evidence = List.copyOf(evidence);
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("A probability lies between 0 and 1, not at " + probability);
            }
        }
    }

    /**
     * Puts choices in order.
     *
     * @param probabilities one for each choice, in the card's order
     * @param evidence for and against the choice at a place in the card's order
     */
    public static Ranking of(Output output, double[] probabilities, IntFunction<List<Contribution>> evidence) {
        var choices = output.choices().orElseThrow().all();
        var ranked = IntStream.range(0, choices.size())
                .mapToObj(i -> new Ranked(choices.get(i), probabilities[i], evidence.apply(i)))
                .sorted(Comparator.comparingDouble(Ranked::probability).reversed())
                .toList();
        return new Ranking(output, ranked);
    }

    /** Those that are written down. */
    public List<Ranked> top() {
        return ranked.subList(0, output.choices().orElseThrow().top());
    }

    /** The place of a choice, counted from 1. */
    public int place(Choice choice) {
        return IntStream.range(0, ranked.size())
                        .filter(i -> ranked.get(i).choice().equals(choice))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Output %s has no choice '%s'".formatted(output.name(), choice.name())))
                + 1;
    }

    @Override
    public String kind() {
        return "ranking";
    }

    @Override
    public Optional<RiskWord> risk() {
        return Optional.empty();
    }

    @Override
    public Optional<Double> value() {
        return Optional.of(ranked.get(0).probability());
    }
}
