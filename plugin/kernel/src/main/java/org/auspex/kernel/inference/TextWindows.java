package org.auspex.kernel.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.inference.Tokenizer.Pieces;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.kernel.model.TextReading;

/** Texts as windows of pieces, each not longer than the network can see; of a longer text they overlap by half. */
final class TextWindows {

    /** Rows are filled up to a multiple of this, so that calls of like length can meet in one batch. */
    private static final int STEP = 8;

    /**
     * Part of a text.
     *
     * @param text which one
     * @param from first of its pieces
     * @param to behind the last
     */
    record Window(int text, Pieces pieces, int from, int to) {

        /** With what begins and ends any text. */
        int length() {
            return pieces.before().size() + to - from + pieces.after().size();
        }
    }

    private TextWindows() {}

    static List<Window> of(List<Pieces> texts, int most) {
        var windows = new ArrayList<Window>();
        for (int i = 0; i < texts.size(); i++) {
            var pieces = texts.get(i);
            var room =
                    Math.max(2, most - pieces.before().size() - pieces.after().size());
            var count = pieces.pieces().size();
            for (int from = 0; ; from += room / 2) {
                windows.add(new Window(i, pieces, from, Math.min(from + room, count)));
                if (from + room >= count) {
                    break;
                }
            }
        }
        return windows;
    }

    /** What the network is given of these windows, one in each row. */
    static List<Tensor> tensors(List<Window> windows, List<TensorSpec> wanted) {
        var longest = windows.stream().mapToInt(Window::length).max().orElseThrow();
        var width = (longest + STEP - 1) / STEP * STEP;
        return wanted.stream().map(spec -> tensor(spec.name(), windows, width)).toList();
    }

    private static Tensor tensor(String name, List<Window> windows, int width) {
        var data = ByteBuffer.allocate(windows.size() * width * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var window : windows) {
            var row = data.position();
            switch (name) {
                case TextReading.IDS -> ids(window).forEach(data::putLong);
                case TextReading.MASK -> ids(window).forEach(id -> data.putLong(1));
                default -> {
                    // One text has one type: 0.
                }
            }
            data.position(row + width * Long.BYTES);
        }
        return new Tensor(name, Datatype.INT64, List.of((long) windows.size(), (long) width), data.flip());
    }

    private static List<Long> ids(Window window) {
        var ids = new ArrayList<>(window.pieces().before());
        window.pieces().pieces().subList(window.from(), window.to()).forEach(piece -> ids.add(piece.id()));
        ids.addAll(window.pieces().after());
        return ids;
    }
}
