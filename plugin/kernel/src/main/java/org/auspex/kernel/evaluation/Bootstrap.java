package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How intervals are made: the people are drawn again, with replacement and as many as there are, each with all rows about them, and
 * the figures are taken anew. All figures of an evaluation rest on the same resamples.
 *
 * @param resamples how often, at least 100: of fewer, the 2.5 % quantile would be little more than the smallest
 * @param seed where the draws start; the same seed and rows give the same intervals
 * @param people whom each row is about; empty = each row is about somebody else
 */
public record Bootstrap(int resamples, long seed, List<String> people) {

    private static final int FEWEST = 100;
    private static final int USUAL = 1000;

    public Bootstrap {
        people = List.copyOf(people);
        if (resamples < FEWEST) {
            throw new IllegalArgumentException(
                    "A 95 %% interval needs at least %d resamples, not %d".formatted(FEWEST, resamples));
        }
    }

    /** Of rows that are each about somebody else. */
    public Bootstrap(int resamples, long seed) {
        this(resamples, seed, List.of());
    }

    /** The same of rows of which several may be about one person. */
    public Bootstrap by(List<String> ofRows) {
        return new Bootstrap(resamples, seed, ofRows);
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
        var person = persons(rows);
        var count = IntStream.of(person).max().orElse(-1) + 1;
        var drawn = new int[count];
        var weights = new int[rows];
        Arrays.fill(weights, 1);
        var sample = statistics.apply(weights);
        // One person can only be drawn as itself. Random, because Java specifies its sequence for every version.
        var random = new Random(seed);
        var replicates = Stream.generate(() -> {
                    draw(random, drawn);
                    Arrays.setAll(weights, row -> drawn[person[row]]);
                    return statistics.apply(weights);
                })
                .limit(count < 2 ? 0 : resamples);
        return new Replicates<>(sample, replicates.toList());
    }

    /** The number of the person of each row, in the order in which they come first. */
    private int[] persons(int rows) {
        if (people.isEmpty()) {
            return IntStream.range(0, rows).toArray();
        }
        RowFaults.refuseUnequal("row", rows, "people", people.size());
        var numbers = new HashMap<String, Integer>();
        return people.stream()
                .mapToInt(person -> numbers.computeIfAbsent(person, first -> numbers.size()))
                .toArray();
    }

    private static void draw(RandomGenerator random, int[] drawn) {
        Arrays.fill(drawn, 0);
        for (var i = 0; i < drawn.length; i++) {
            drawn[random.nextInt(drawn.length)]++;
        }
    }
}
