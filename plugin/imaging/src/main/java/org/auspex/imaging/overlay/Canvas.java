package org.auspex.imaging.overlay;

import java.util.Arrays;

/** A picture in memory, black at first; colours are opaque sRGB. Of at most 256 colours it becomes a much smaller file. */
final class Canvas {

    private static final int AT_LEAST = 512;

    private final int height;
    private final int width;
    private final int[] pixels;

    Canvas(int height, int width) {
        this.height = height;
        this.width = width;
        this.pixels = new int[height * width];
    }

    /** How often each pixel is repeated, so that a small image can be seen. */
    static int scale(int rows, int columns) {
        var longer = Math.max(rows, columns);
        return (AT_LEAST + longer - 1) / longer;
    }

    void set(int y, int x, int colour) {
        pixels[y * width + x] = colour;
    }

    /** Fills a square. */
    void fill(int top, int left, int side, int colour) {
        if (side == 1) {
            set(top, left, colour);
            return;
        }
        for (int y = top; y < top + side; y++) {
            Arrays.fill(pixels, y * width + left, y * width + left + side, colour);
        }
    }

    byte[] png() {
        return Png.of(width, height, pixels);
    }
}
