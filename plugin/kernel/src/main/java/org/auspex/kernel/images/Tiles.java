package org.auspex.kernel.images;

import java.util.List;

/**
 * Tiles of a slide, row by row.
 *
 * @param pixels one for each place: {@code size * size} pixels {@code 0xRRGGBB}, row by row. Not copies
 * @param tissue how many tiles of the slide show tissue; as many as there are places, or more
 */
public record Tiles(int size, List<Tile> places, List<int[]> pixels, int tissue) {

    private static final int CHANNELS = 3;

    public Tiles {
        places = List.copyOf(places);
        pixels = List.copyOf(pixels);
    }

    /** A square of the slide, in pixels of its largest level, from the upper left, from 0. */
    public record Tile(int column, int row, int side) {}

    /** As a network takes them: {@code [tiles, 3, size, size]}, red, green and blue of 0 to 255. */
    public Batch batch() {
        int area = size * size;
        var values = new float[pixels.size() * CHANNELS * area];
        int at = 0;
        for (var tile : pixels) {
            for (int shift = 16; shift >= 0; shift -= 8) {
                for (int i = 0; i < area; i++) {
                    values[at++] = tile[i] >> shift & 0xFF;
                }
            }
        }
        return new Batch(List.of(pixels.size(), CHANNELS, size, size), values);
    }
}
