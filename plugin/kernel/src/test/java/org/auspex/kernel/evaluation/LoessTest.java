package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A smooth curve beside the tenths of calibration. */
class LoessTest {

    @Test
    void outcomesThatHappenAsOftenAsForeseenLieOnTheDiagonal() {
        var random = new Random(2);
        var places = new double[20_000];
        var happened = new boolean[places.length];
        for (int row = 0; row < places.length; row++) {
            places[row] = random.nextDouble();
            happened[row] = random.nextDouble() < places[row];
        }

        assertThat(Loess.curve(places, happened))
                .hasSize(51)
                .allSatisfy(point -> assertThat(point.share()).isCloseTo(point.place(), within(0.03)));
    }

    @Test
    void tiesAtTheRimAreMeant() {
        var places = new double[40];
        Arrays.fill(places, 0, 35, 0.9);
        for (int row = 35; row < 40; row++) {
            places[row] = 0.1 * (row - 34);
        }
        var happened = new boolean[40];
        Arrays.fill(happened, 0, 35, true);

        assertThat(Loess.curve(places, happened))
                .allSatisfy(point -> assertThat(point.share()).isBetween(0.0, 1.0));
    }

    @Test
    void fewRowsAndConstantPredictionsHaveNone() {
        assertThat(Loess.curve(new double[19], new boolean[19])).isEmpty();
        assertThat(Loess.curve(new double[100], new boolean[100])).isEmpty();
        assertThat(Loess.curve(new double[0], new boolean[0])).isEmpty();
    }
}
