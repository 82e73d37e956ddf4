package org.auspex.kernel.evaluation;

import java.util.Random;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Made-up subjects whose outcomes happen just as often as their probabilities say. */
final class Cohort {

    final double[] probability;
    final boolean[] positive;
    final double[] time;
    final boolean[] event;

    private Cohort(int rows, int decimals, RandomGenerator random) {
        var grid = Math.pow(10, decimals);
        this.probability = random.doubles(rows)
                .map(value -> Math.max(1, Math.round(value * (grid - 1))) / grid)
                .toArray();
        this.positive = flags(rows, row -> random.nextDouble() < probability[row]);
        this.time = IntStream.range(0, rows)
                .mapToDouble(row -> Math.round(-Math.log(random.nextDouble()) / probability[row] * 20))
                .toArray();
        this.event = flags(rows, row -> random.nextInt(3) > 0);
    }

    /** Probabilities with so many decimals, so that few decimals make many ties. */
    static Cohort of(int rows, int decimals, long seed) {
        return new Cohort(rows, decimals, new Random(seed));
    }

    static boolean[] flags(int rows, IntPredicate flag) {
        var flags = new boolean[rows];
        IntStream.range(0, rows).forEach(row -> flags[row] = flag.test(row));
        return flags;
    }

    /** Outcomes written as 0 and 1. */
    static boolean[] outcomes(int... outcomes) {
        return flags(outcomes.length, row -> outcomes[row] == 1);
    }

    ProbabilityEvaluation evaluate(Bootstrap bootstrap) {
        return Evaluation.ofProbabilities(probability, positive, bootstrap);
    }

    SurvivalEvaluation evaluateSurvival(Bootstrap bootstrap) {
        return Evaluation.ofSurvival(probability, Endings.of(time, event), bootstrap);
    }
}
