package org.auspex.kernel.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(64);

    @Test
    void takesEverythingThatWaitsWhileNothingIsKnown() {
        assertThat(pace.rows(40)).isEqualTo(40);
        assertThat(pace.nanos(40)).isZero();
    }

    @Test
    void takesEverythingWhereLargerBatchesCostLessPerRow() {
        for (int rows = 1; rows <= 64; rows *= 2) {
            pace.ran(rows, 1_000 + 10L * rows);
        }

        assertThat(pace.rows(40)).isEqualTo(40);
        assertThat(pace.rows(3)).isEqualTo(3);
    }

    @Test
    void takesNoMoreThanIsFastestPerRow() {
        pace.ran(1, 6_000);
        pace.ran(2, 11_000);
        pace.ran(4, 20_000);
        pace.ran(8, 60_000);
        pace.ran(16, 160_000);

        assertThat(pace.rows(16)).isEqualTo(4);
        assertThat(pace.rows(2)).isEqualTo(2);
        assertThat(pace.nanos(16)).isEqualTo(80_000);
    }

    @Test
    void takesTheSmallestOfSizesThatAreAsGood() {
        pace.ran(1, 6_000);
        pace.ran(2, 11_900);
        pace.ran(4, 23_900);

        assertThat(pace.rows(4)).isEqualTo(1);
    }

    @Test
    void stepsUpToSizesThatAreNotKnownYet() {
        pace.ran(1, 6_000);
        pace.ran(2, 7_000);

        assertThat(pace.rows(64)).isEqualTo(4);
    }

    @Test
    void triesALargerBatchAgainAfterAWhile() {
        pace.ran(1, 1_000);
        pace.ran(2, 9_000);
        var tried = false;
        for (int i = 0; i < 1_000 && !tried; i++) {
            pace.ran(1, 1_000);
            tried = pace.rows(2) == 2;
        }

        assertThat(tried).isTrue();
    }
}
