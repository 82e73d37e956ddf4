package org.auspex.kernel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.auspex.kernel.inference.TextWindows.Window;
import org.auspex.kernel.inference.Tokenizer.Piece;
import org.auspex.kernel.inference.Tokenizer.Pieces;
import org.junit.jupiter.api.Test;

class PieceLabelsTest {

    private static final List<String> LABELS = List.of("O", "B-finding", "I-finding", "B-drug", "I-drug");

    @Test
    void joinsWhatGoesOnAndDividesWhatBeginsAnew() {
        assertThat(entities(pieces(false, false, false, false, false), 1, 2, 1, 0, 3))
                .extracting(Entity::kind, Entity::start, Entity::end)
                .containsExactly(tuple("finding", 0, 15), tuple("finding", 20, 25), tuple("drug", 40, 45));
    }

    @Test
    void takesTheFirstPieceOfAWordForAllOfIt() {
        assertThat(entities(pieces(false, true, true, false), 1, 0, 3, 0))
                .extracting(Entity::start, Entity::end)
                .containsExactly(tuple(0, 25));
    }

    @Test
    void readsWhatGoesOnWithoutABeginningAsABeginning() {
        assertThat(entities(pieces(false, false), 0, 4))
                .extracting(Entity::kind, Entity::start)
                .containsExactly(tuple("drug", 10));
        assertThat(entities(pieces(false, false), 1, 4))
                .extracting(Entity::kind)
                .containsExactly("finding", "drug");
    }

    @Test
    void givesTheMeanProbabilityOfItsPieces() {
        var even = new float[] {0, (float) Math.log(4), 0, 0, 0};
        var labels = new PieceLabels(pieces(false), LABELS);
        labels.see(new Window(0, new Pieces(List.of(), pieces(false), List.of()), 0, 1), new float[][] {even});
        assertThat(labels.entities().get(0).probability()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void believesTheWindowInWhichAPieceStoodFurtherInside() {
        var pieces = pieces(false, false, false, false, false, false);
        var text = new Pieces(List.of(), pieces, List.of());
        var labels = new PieceLabels(pieces, LABELS);
        labels.see(new Window(0, text, 0, 4), numbers(0, 0, 0, 3));
        labels.see(new Window(0, text, 2, 6), numbers(3, 1, 0, 0));
        assertThat(labels.entities()).extracting(Entity::kind, Entity::start).containsExactly(tuple("finding", 30));
    }

    private static List<Entity> entities(List<Piece> pieces, int... labels) {
        var said = new PieceLabels(pieces, LABELS);
        said.see(new Window(0, new Pieces(List.of(), pieces, List.of()), 0, pieces.size()), numbers(labels));
        return said.entities();
    }

    /** Pieces of five characters, ten apart. */
    private static List<Piece> pieces(boolean... goesOn) {
        return IntStream.range(0, goesOn.length)
                .mapToObj(i -> new Piece(i, 10 * i, 10 * i + 5, goesOn[i]))
                .toList();
    }

    private static float[][] numbers(int... labels) {
        var numbers = new float[labels.length][LABELS.size()];
        for (int i = 0; i < labels.length; i++) {
            numbers[i][labels[i]] = 5;
        }
        return numbers;
    }
}
