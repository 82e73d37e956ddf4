package org.auspex.imaging.overlay;

/** A picture in colour on which squares are painted by a share, from nothing (0) to the brightest colour (1); the picture shows through. */
public final class HeatMap {

    private static final double VEIL = 0.6;

    private final int columns;
    private final int rows;
    private final int[] rgb;

    /** @param rgb row by row, {@code 0xRRGGBB}; it is not changed */
    public HeatMap(int columns, int rows, int[] rgb) {
        this.columns = columns;
        this.rows = rows;
        this.rgb = rgb.clone();
    }

    /** Paints a square, as far as it lies within the picture. */
    public void square(int left, int top, int side, double share) {
        var colour = ColourMap.colour(share);
        for (int y = Math.max(0, top); y < Math.min(rows, top + side); y++) {
            for (int x = Math.max(0, left); x < Math.min(columns, left + side); x++) {
                int pixel = rgb[y * columns + x];
                rgb[y * columns + x] = mixed(pixel, colour, 16) | mixed(pixel, colour, 8) | mixed(pixel, colour, 0);
            }
        }
    }

    private static int mixed(int pixel, int colour, int shift) {
        return (int) Math.round((1 - VEIL) * (pixel >> shift & 0xFF) + VEIL * (colour >> shift & 0xFF)) << shift;
    }

    /** The picture, magnified to at least 512 pixels on its longer side. */
    public byte[] png() {
        var scale = Canvas.scale(rows, columns);
        var picture = new Canvas(rows * scale, columns * scale);
        for (int i = 0; i < rgb.length; i++) {
            picture.fill(i / columns * scale, i % columns * scale, scale, 0xFF000000 | rgb[i]);
        }
        return picture.png();
    }
}
