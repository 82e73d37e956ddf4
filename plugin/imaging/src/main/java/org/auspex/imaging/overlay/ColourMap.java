package org.auspex.imaging.overlay;

import java.util.Locale;
import java.util.stream.IntStream;
import org.auspex.imaging.results.segmentation.Raster;

/** A number for each pixel as colours, with a bar that says which colour is which number. */
public final class ColourMap {

    /** Viridis at five places: as bright as the number is high, for any colour vision. */
    private static final int[][] SCALE = {{68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}};

    private static final int STEPS = 250;

    private static final int[] COLOURS = IntStream.rangeClosed(0, STEPS)
            .map(i -> between((SCALE.length - 1.0) * i / STEPS))
            .toArray();

    private static final int WHITE = 0xFFFFFFFF;
    private static final int BAR = 24;
    private static final int GAP = 12;
    private static final int TEXT = 4;

    private ColourMap() {}

    /**
     * Draws the picture.
     *
     * @param frame of the raster, from 0
     * @param low the number of the darkest colour
     * @param high the number of the brightest colour
     * @return a PNG, magnified to at least 512 pixels on its longer side, the bar at its right
     */
    public static byte[] png(Raster raster, int frame, double low, double high) {
        var numbers = raster.frames().get(frame);
        var scale = Canvas.scale(raster.rows(), raster.columns());
        var height = raster.rows() * scale;
        var width = raster.columns() * scale;
        var labels = new String[] {label(high), label((low + high) / 2), label(low)};
        var picture = new Canvas(height, width + GAP + BAR + GAP + Digits.width(longest(labels), TEXT) + GAP);
        for (int i = 0; i < numbers.length; i++) {
            var colour = colour((numbers[i] - low) / (high - low));
            picture.fill(i / raster.columns() * scale, i % raster.columns() * scale, scale, colour);
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < BAR; x++) {
                picture.set(y, width + GAP + x, colour(1 - (double) y / Math.max(1, height - 1)));
            }
        }
        for (int i = 0; i < labels.length; i++) {
            var top = i * (height - Digits.HEIGHT * TEXT) / (labels.length - 1);
            new Digits(picture, TEXT, WHITE).write(labels[i], width + GAP + BAR + GAP, top);
        }
        return picture.png();
    }

    /** At most two decimals. */
    private static String label(double number) {
        var text = String.format(Locale.ROOT, "%.2f", number);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    private static String longest(String... labels) {
        return java.util.Arrays.stream(labels)
                .max(java.util.Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    /** @param share from 0 to 1, of which {@link #STEPS} are told apart */
    static int colour(double share) {
        return COLOURS[(int) Math.round(Math.min(1, Math.max(0, share)) * STEPS)];
    }

    private static int between(double place) {
        var below = (int) Math.min(SCALE.length - 2, Math.floor(place));
        int colour = 0xFF;
        for (int i = 0; i < 3; i++) {
            var from = SCALE[below][i];
            colour = colour << 8 | (int) Math.round(from + (SCALE[below + 1][i] - from) * (place - below));
        }
        return colour;
    }
}
