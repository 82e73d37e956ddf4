package org.auspex.commandline.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTest {

    private static final Set<String> OPTIONS = Set.of("A", "B", "C", "D");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Answer: B",
                "B",
                "(B)",
                "**B**",
                "B.",
                "B) Tell the attending",
                "The answer is B.",
                "The correct answer is **(B)** because A is unethical.",
                "First, A is wrong. C is too early.\n\nAnswer: B",
                "答案：B",
                "Answer: B\nAnswer: B"
            })
    void readsTheLetter(String answer) {
        assertThat(Letters.in(answer, OPTIONS)).contains("B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Answer: E",
                "I cannot decide.",
                "Either A or B.",
                "Answer: A\nAnswer: B",
                "A\nB",
                "Disclose the error to the patient",
                "b"
            })
    void readsNoLetterWhereNoneOrSeveralAreNamed(String answer) {
        assertThat(Letters.in(answer, OPTIONS)).isEmpty();
    }

    /** Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I. */
    @Test
    void givesTheIntervalsOfThePaper() {
        assertInterval(81, 263, 0.2553, 0.3662);
        assertInterval(15, 148, 0.0624, 0.1605);
        assertInterval(0, 20, 0.0000, 0.1611);
        assertInterval(1, 29, 0.0061, 0.1718);
    }

    private static void assertInterval(int right, int of, double low, double high) {
        var interval = Wilson.of(right, of);
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }
}
