package org.auspex.kernel.adaptation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.Grid;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.inference.Tensor;
import org.junit.jupiter.api.Test;

class GuessesTest {

    private static final int ROWS = 16;
    private static final int COLUMNS = 32;

    /** What is in the image is its logit. */
    private static final UnaryOperator<Tensor> AS_IT_IS = image -> image;

    @Test
    void takesTheSurestFirstAndNoneInWhichNothingIsSeen() {
        var faint = image(1, 8);
        var sure = image(6, 8);
        var empty = image(6, 0);
        var speck = image(6, 1);

        var guesses = Guesses.of(List.of(faint, empty, sure, speck), AS_IT_IS);

        assertThat(guesses.surest(0.25)).singleElement().satisfies(one -> {
            assertThat(one.image()).isSameAs(sure);
            assertThat(one.mask().values()[0]).isEqualTo(1);
            assertThat(one.mask().values()[COLUMNS - 1]).isZero();
            assertThat(one.weight().orElseThrow().values()[0]).isCloseTo(0.995f, within(0.001f));
        });
        assertThat(guesses.surest(1)).hasSize(2);
    }

    @Test
    void asksAboutTheMirrorImageTooAndTurnsTheAnswerBack() {
        // It always marks the left half, so straight and mirrored answers differ everywhere.
        UnaryOperator<Tensor> left = image -> {
            var logits = new float[ROWS * COLUMNS];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = i % COLUMNS < COLUMNS / 2 ? 9 : -9;
            }
            return Tensor.of("mask", logits, 1, 1, ROWS, COLUMNS);
        };

        var guesses = Guesses.of(List.of(image(6, 8)), left);

        assertThat(guesses.surest(1)).isEmpty();
    }

    @Test
    void refusesAnAnswerThatIsNoMaskOfTheImage() {
        assertThatThrownBy(() -> Guesses.of(List.of(image(6, 8)), image -> Tensor.of("mask", new float[7], 1, 1, 1, 7)))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("are not 7 numbers");
    }

    /** Logits: {@code logit} in a square at the upper left, and as much below 0 elsewhere. */
    private static Volume image(float logit, int side) {
        var values = new float[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            var row = i / COLUMNS;
            var column = i % COLUMNS;
            values[i] = row < side && column < side ? logit : -logit;
        }
        return new Volume(1, new Grid(List.of(ROWS, COLUMNS), Affine.identity()), values, values.length);
    }
}
