package org.auspex.imaging.pictures;

import java.io.IOException;
import org.auspex.imaging.pixels.Slide;
import org.auspex.kernel.images.SlideUnusable;

/**
 * A slide as a small picture, made of its smallest level.
 *
 * @param rgb row by row, {@code 0xRRGGBB}. Not a copy
 */
record SlideOverview(int columns, int rows, int[] rgb) {

    /** Pixels on the longer side, or fewer. */
    private static final int SIDE = 1024;

    /** Beyond this a level is no overview: what looks for tissue in it would take minutes. */
    private static final long MOST = 1L << 26;

    /** How many pixels are decoded at once. */
    private static final int STRIP = 1 << 22;

    /**
     * Reads it strip by strip.
     *
     * @throws SlideUnusable if the smallest level is too large to be looked through
     */
    static SlideOverview of(Slide slide) throws IOException {
        var levels = slide.levels();
        int index = levels.size() - 1;
        var level = levels.get(index);
        if ((long) level.columns() * level.rows() > MOST) {
            throw new SlideUnusable(
                    "the slide's smallest level has %d x %d pixels, too many to look for tissue in; store the slide with smaller levels as well"
                            .formatted(level.columns(), level.rows()));
        }
        int factor = (Math.max(level.columns(), level.rows()) - 1) / SIDE + 1;
        int columns = (level.columns() - 1) / factor + 1;
        int rows = (level.rows() - 1) / factor + 1;
        var rgb = new int[columns * rows];
        int strip = Math.max(1, STRIP / (level.columns() * factor));
        for (int row = 0; row < rows; row += strip) {
            int top = row * factor;
            int height = Math.min(strip * factor, level.rows() - top);
            var pixels = slide.region(index, new Slide.Region(0, top, level.columns(), height));
            for (int y = 0; y * factor < height; y++) {
                for (int x = 0; x < columns; x++) {
                    rgb[(row + y) * columns + x] = mean(
                            pixels,
                            level.columns(),
                            new Box(
                                    x * factor,
                                    y * factor,
                                    Math.min((x + 1) * factor, level.columns()),
                                    Math.min((y + 1) * factor, height)));
                }
            }
        }
        return new SlideOverview(columns, rows, rgb);
    }

    /** Pixels, those at the right and at the bottom not among them. */
    record Box(int left, int top, int right, int bottom) {}

    /** The mean colour of pixels in a picture that is {@code columns} wide. */
    static int mean(int[] pixels, int columns, Box box) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = box.top(); y < box.bottom(); y++) {
            for (int x = box.left(); x < box.right(); x++) {
                int pixel = pixels[y * columns + x];
                red += pixel >> 16 & 0xFF;
                green += pixel >> 8 & 0xFF;
                blue += pixel & 0xFF;
            }
        }
        int count = (box.right() - box.left()) * (box.bottom() - box.top());
        return (int) (red / count) << 16 | (int) (green / count) << 8 | (int) (blue / count);
    }
}
