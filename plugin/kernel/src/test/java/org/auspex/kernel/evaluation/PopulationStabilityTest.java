package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How far a distribution has moved. */
class PopulationStabilityTest {

    private static final int BINS = 10;

    @Test
    void theIndexIsThatOfTheFormula() {
        var stability = PopulationStability.of(List.of(500_000.0, 500_000.0), List.of(750_000L, 250_000L))
                .orElseThrow();

        // (0.75 - 0.5) ln 1.5 + (0.25 - 0.5) ln 0.5; half a row in each bin changes nothing that shows.
        assertThat(stability.index()).isCloseTo(0.25 * Math.log(1.5) - 0.25 * Math.log(0.5), within(1e-5));
        assertThat(stability.hasMoved()).isTrue();
    }

    @Test
    void oneOfTwentySamplesThatHaveNotMovedExceedsWhatItSaysOfChance() {
        var random = new Random(5);
        var exceeded = 0;
        var repeats = 2000;
        for (int repeat = 0; repeat < repeats; repeat++) {
            var stability = PopulationStability.of(
                            drawn(1000, random).stream().map(Long::doubleValue).toList(), drawn(300, random))
                    .orElseThrow();
            exceeded += stability.index() > stability.byChance() ? 1 : 0;
        }

        assertThat((double) exceeded / repeats).isCloseTo(0.05, within(0.02));
    }

    @Test
    void anEmptyBinIsFarAndNotInfinitelyFar() {
        var stability =
                PopulationStability.of(List.of(100.0, 100.0), List.of(200L, 0L)).orElseThrow();

        assertThat(stability.index()).isFinite().isGreaterThan(1);
    }

    @Test
    void fewRowsSayNothing() {
        assertThat(PopulationStability.of(List.of(500.0, 500.0), List.of(20L, 29L)))
                .isEmpty();
        assertThat(PopulationStability.of(List.of(10.0, 10.0), List.of(500L, 500L)))
                .isEmpty();
        assertThat(PopulationStability.of(List.of(), List.of())).isEmpty();
    }

    private static List<Long> drawn(int rows, Random random) {
        var counts = new long[BINS];
        IntStream.range(0, rows).forEach(row -> counts[random.nextInt(BINS)]++);
        var list = new ArrayList<Long>();
        for (var count : counts) {
            list.add(count);
        }
        return list;
    }
}
