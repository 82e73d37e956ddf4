package org.auspex.kernel.images;

import java.util.List;

/**
 * Tiles of slides, slide by slide and row by row.
 *
 * @param pixels one for each place: {@code size * size} pixels {@code 0xRRGGBB}, row by row. Not copies
 * @param tissue how many tiles of each slide show tissue; together as many as there are places, or more
 */
public record Tiles(int size, List<Tile> places, List<int[]> pixels, List<Integer> tissue) {

    private static final int CHANNELS = 3;

    public Tiles {
        places = List.copyOf(places);
        pixels = List.copyOf(pixels);
        tissue = List.copyOf(tissue);
    }

    /**
     * A square of a slide, in pixels of its largest level, from the upper left, from 0.
     *
     * @param slide which of the slides, from 0
     */
    public record Tile(int slide, int column, int row, int side) {}

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
