package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

    /** The worked examples of Newcombe, Statistics in Medicine 1998;17:857-72, table I, method 3, to four digits. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void hasThePublishedIntervals(long count, long of, double low, double high) {
        var proportion = new Proportion(count, of);

        assertThat(proportion.low().orElseThrow()).isCloseTo(low, within(5e-5));
        assertThat(proportion.high().orElseThrow()).isCloseTo(high, within(5e-5));
    }

    @Test
    void endsAtZeroAndOne() {
        assertThat(new Proportion(0, 7).low()).contains(0.0);
        assertThat(new Proportion(7, 7).high()).contains(1.0);
    }

    @Test
    void isUndefinedOfNothing() {
        assertThat(new Proportion(0, 0).share()).isEmpty();
        assertThat(new Proportion(0, 0).low()).isEmpty();
    }

    @Test
    void refusesMoreThanTheWhole() {
        assertThatThrownBy(() -> new Proportion(3, 2)).hasMessage("A proportion is a part of a whole, not 3 of 2");
    }
}
