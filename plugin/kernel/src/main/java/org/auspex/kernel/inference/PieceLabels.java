package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.inference.TextWindows.Window;
import org.auspex.kernel.inference.Tokenizer.Piece;

/**
 * The labels of a text's pieces, and the things they make. A piece that two windows saw has the label that it got where it stood further from an end. A word has the
 * label of its first piece.
 */
final class PieceLabels {

    private static final int BEGIN = "B-".length();

    private final List<Piece> pieces;
    private final List<String> labels;
    private final int[] chosen;
    private final double[] probability;
    private final int[] depth;

    PieceLabels(List<Piece> pieces, List<String> labels) {
        this.pieces = pieces;
        this.labels = labels;
        this.chosen = new int[pieces.size()];
        this.probability = new double[pieces.size()];
        this.depth = new int[pieces.size()];
    }

    /** @param numbers [pieces of the window, labels] */
    void see(Window window, float[][] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            var piece = window.from() + i;
            var deep = 1 + Math.min(i, numbers.length - 1 - i);
            if (deep > depth[piece]) {
                depth[piece] = deep;
                choose(piece, numbers[i]);
            }
        }
    }

    private void choose(int piece, float[] numbers) {
        int best = 0;
        for (int i = 1; i < numbers.length; i++) {
            best = numbers[i] > numbers[best] ? i : best;
        }
        double sum = 0;
        for (var number : numbers) {
            sum += Math.exp(number - numbers[best]);
        }
        chosen[piece] = best;
        probability[piece] = 1 / sum;
    }

    List<Entity> entities() {
        var found = new ArrayList<Entity>();
        int at = 0;
        while (at < pieces.size()) {
            var kind = kind(at);
            int end = word(at);
            if (!kind.isEmpty()) {
                while (end < pieces.size() && isInside(end) && kind(end).equals(kind)) {
                    end = word(end);
                }
                found.add(entity(kind, at, end));
            }
            at = end;
        }
        return List.copyOf(found);
    }

    private Entity entity(String kind, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += probability[i];
        }
        return new Entity(kind, pieces.get(from).start(), pieces.get(to - 1).end(), sum / (to - from));
    }

    /** Behind the last piece of the word that begins there. */
    private int word(int at) {
        int end = at + 1;
        while (end < pieces.size() && pieces.get(end).goesOn()) {
            end++;
        }
        return end;
    }

    private boolean isInside(int piece) {
        return labels.get(chosen[piece]).startsWith("I-");
    }

    /** Empty where nothing is. */
    private String kind(int piece) {
        var label = labels.get(chosen[piece]);
        return label.length() > BEGIN ? label.substring(BEGIN) : "";
    }
}
