package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * How intervals are made: the rows are drawn again, with replacement and as many as there are, and the figures are taken
 * anew. All figures of an evaluation rest on the same resamples.
 *
 * @param resamples how often, at least 100: of fewer, the 2.5 % quantile would be little more than the smallest
 * @param seed where the draws start; the same seed and rows give the same intervals
 */
public record Bootstrap(int resamples, long seed) {

    private static final int FEWEST = 100;
    private static final int USUAL = 1000;

    public Bootstrap {
        if (resamples < FEWEST) {
            throw new IllegalArgumentException(
                    "A 95 %% interval needs at least %d resamples, not %d".formatted(FEWEST, resamples));
        }
    }

    /** The usual 1000 resamples. */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(USUAL, seed);
    }

    /**
     * The statistics of the rows and of every resample of them.
     *
     * @param statistics takes how often each row counts; the array is its own only during the call
     */
    <S> Replicates<S> replicate(int rows, Function<int[], S> statistics) {
        var weights = new int[rows];
        Arrays.fill(weights, 1);
        var sample = statistics.apply(weights);
        // One row can only be drawn as itself. Random, because Java specifies its sequence for every version.
        var random = new Random(seed);
        var drawn =
                Stream.generate(() -> statistics.apply(draw(random, weights))).limit(rows < 2 ? 0 : resamples);
        return new Replicates<>(sample, drawn.toList());
    }

    private static int[] draw(RandomGenerator random, int[] weights) {
        Arrays.fill(weights, 0);
        for (var i = 0; i < weights.length; i++) {
            weights[random.nextInt(weights.length)]++;
        }
        return weights;
    }
}
