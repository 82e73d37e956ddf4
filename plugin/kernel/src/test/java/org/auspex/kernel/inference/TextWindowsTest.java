package org.auspex.kernel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.IntStream;
import org.auspex.kernel.inference.TextWindows.Window;
import org.auspex.kernel.inference.Tokenizer.Piece;
import org.auspex.kernel.inference.Tokenizer.Pieces;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.TensorSpec;
import org.junit.jupiter.api.Test;

class TextWindowsTest {

    private static final List<TensorSpec> WANTED =
            List.of(spec("input_ids"), spec("attention_mask"), spec("token_type_ids"));

    @Test
    void showsAShortTextWholeAndALongOneInWindowsThatOverlapByHalf() {
        assertThat(TextWindows.of(List.of(text(3), text(20)), 10))
                .extracting(Window::text, Window::from, Window::to)
                .containsExactly(tuple(0, 0, 3), tuple(1, 0, 8), tuple(1, 4, 12), tuple(1, 8, 16), tuple(1, 12, 20));
    }

    @Test
    void showsATextWithoutPieces() {
        assertThat(TextWindows.of(List.of(text(0)), 10))
                .extracting(Window::from, Window::to, Window::length)
                .containsExactly(tuple(0, 0, 2));
    }

    @Test
    void fillsRowsUpAndMasksWhatItFilled() {
        var tensors = TextWindows.tensors(TextWindows.of(List.of(text(1), text(3)), 10), WANTED);
        assertThat(tensors).extracting(Tensor::shape).containsOnly(List.of(2L, 8L));
        assertThat(tensors.get(0).values()).containsExactly(101, 1, 102, 0, 0, 0, 0, 0, 101, 1, 2, 3, 102, 0, 0, 0);
        assertThat(tensors.get(1).values()).containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0);
        assertThat(tensors.get(2).values()).containsOnly(0);
    }

    private static Pieces text(int count) {
        var pieces = IntStream.range(0, count)
                .mapToObj(i -> new Piece(i + 1, i, i + 1, false))
                .toList();
        return new Pieces(List.of(101L), pieces, List.of(102L));
    }

    private static TensorSpec spec(String name) {
        return new TensorSpec(name, Datatype.INT64, List.of(-1L, -1L));
    }
}
