package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.kernel.outcome.Choices;
import org.auspex.kernel.outcome.FollowUp;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;
import org.auspex.kernel.outcome.Ranking;
import org.auspex.kernel.outcome.SurvivalCurve;

/** What the numbers mean that a network over inputs gives for one subject. */
sealed interface TabularAnswer {

    /** How a network answers an output of this kind. */
    static TabularAnswer of(Output output) {
        return output.followUp()
                .<TabularAnswer>map(followUp -> new Curve(output, followUp))
                .or(() -> output.choices().map(choices -> new Order(output, choices)))
                .orElseGet(() -> new Probability(output));
    }

    /** One number, the probability. */
    record Probability(Output output) implements TabularAnswer {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public TensorSpec tensor() {
            return new TensorSpec("probability", Datatype.FP32, List.of(TensorSpec.ANY, 1L));
        }

        @Override
        public Outcome outcome(double[] numbers) {
            var band = output.band(100 * numbers[0], 0, formula -> false);
            return new Outcome.Risk(List.of(new Outcome.Chance(output, numbers[0], band)));
        }
    }

    /** The probability of being free of the event after each time. */
    record Curve(Output output, FollowUp followUp) implements TabularAnswer {

        private static final double ROUNDING = 1e-6;

        @Override
        public int width() {
            return followUp.times().size();
        }

        @Override
        public TensorSpec tensor() {
            return new TensorSpec("survival", Datatype.FP32, List.of(TensorSpec.ANY, (long) width()));
        }

        /** A rise in the last digits of 32-bit numbers is rounding and none of the model's. */
        @Override
        public Outcome outcome(double[] numbers) {
            var free = new ArrayList<Double>(numbers.length);
            var before = 1.0;
            for (var number : numbers) {
                before = number > before && number - before < ROUNDING ? before : number;
                free.add(before);
            }
            return Outcome.Survival.of(output, new SurvivalCurve(followUp.times(), free));
        }
    }

    /** A probability for each choice; together 1. */
    record Order(Output output, Choices choices) implements TabularAnswer {
        @Override
        public int width() {
            return choices.all().size();
        }

        @Override
        public TensorSpec tensor() {
            return new TensorSpec("probabilities", Datatype.FP32, List.of(TensorSpec.ANY, (long) width()));
        }

        /** Without evidence, which takes more than one row. */
        @Override
        public Outcome outcome(double[] numbers) {
            return Ranking.of(output, numbers, choice -> List.of());
        }
    }

    /** How many numbers there are for one subject. */
    int width();

    /** The tensor they come in. */
    TensorSpec tensor();

    /**
     * What they say.
     *
     * @param numbers as many as {@link #width()}
     * @throws IllegalArgumentException if they are no probability or no curve
     */
    Outcome outcome(double[] numbers);
}
