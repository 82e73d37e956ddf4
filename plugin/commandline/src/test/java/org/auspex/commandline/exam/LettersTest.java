package org.auspex.commandline.exam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
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
}
