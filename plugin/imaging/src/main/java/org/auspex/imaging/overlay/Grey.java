package org.auspex.imaging.overlay;

import java.util.stream.IntStream;

/**
 * A frame as it is shown.
 *
 * @param levels from 0 (black) to 1 (white), row by row. Not a copy
 */
public record Grey(int rows, int columns, float[] levels) {

    private static final int STEPS = 250;

    /** From black to white. */
    private static final int[] COLOURS = IntStream.rangeClosed(0, STEPS)
            .map(i -> opaque(Math.round(255f * i / STEPS)))
            .toArray();

    /** @throws IllegalArgumentException if there are not as many levels as pixels */
    public Grey {
        if (rows < 1 || columns < 1 || levels.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "%d pixels are not %d rows of %d columns".formatted(levels.length, rows, columns));
        }
    }

    /** Numbers from {@code low} (black) to {@code high} (white), those beyond cut off. */
    public static Grey windowed(int rows, int columns, float[] numbers, double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException("The window from %s to %s is empty".formatted(low, high));
        }
        var levels = new float[numbers.length];
        var scale = 1 / (high - low);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) Math.min(1, Math.max(0, (numbers[i] - low) * scale));
        }
        return new Grey(rows, columns, levels);
    }

    /** Opaque sRGB, in steps that leave room for the colours of outlines among 256. */
    int colour(int row, int column) {
        return COLOURS[Math.round(Math.min(1, Math.max(0, levels[row * columns + column])) * STEPS)];
    }

    private static int opaque(int level) {
        return 0xFF000000 | level << 16 | level << 8 | level;
    }
}
