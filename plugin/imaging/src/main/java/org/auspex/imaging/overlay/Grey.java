package org.auspex.imaging.overlay;

/**
 * A frame as it is shown.
 *
 * @param levels from 0 (black) to 1 (white), row by row. Not a copy
 */
public record Grey(int rows, int columns, float[] levels) {

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
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) Math.min(1, Math.max(0, (numbers[i] - low) / (high - low)));
        }
        return new Grey(rows, columns, levels);
    }

    /** Opaque sRGB. */
    int colour(int row, int column) {
        var level = Math.round(Math.min(1, Math.max(0, levels[row * columns + column])) * 255);
        return 0xFF000000 | level << 16 | level << 8 | level;
    }
}
