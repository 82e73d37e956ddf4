package org.auspex.imaging.pictures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.auspex.imaging.pixels.Slide;
import org.auspex.kernel.images.SlideUnusable;
import org.auspex.kernel.images.Tiles;
import org.auspex.kernel.images.Tiling;

/**
 * A slide cut into squares of the size in which a network takes them, from the upper left; what is left at the right and at the bottom is
 * not looked at.
 *
 * @param index of the level that is cut
 * @param side pixels of that level
 */
record SlideGrid(Slide.Level largest, Slide.Level level, int index, int side) {

    private static final double MICROMETRES = 1000;

    /** A level this much coarser than wanted still does: no two scanners agree to the last digit. */
    private static final double COARSER = 1.1;

    /** Its column and its row, from 0. */
    record Cell(int column, int row) {}

    /**
     * Cuts the coarsest level that is fine enough.
     *
     * @throws SlideUnusable if the slide does not tell its scale, is coarser than the network looks, or smaller than one tile
     */
    static SlideGrid of(Slide slide, Tiling tiling) {
        var levels = slide.levels();
        var largest = levels.get(0);
        var finest = micrometres(largest);
        if (finest > COARSER * tiling.micrometres()) {
            throw new SlideUnusable(
                    "the slide's largest level has %.3g micrometres to a pixel, and the model looks at %.3g; scan it with a stronger objective"
                            .formatted(finest, tiling.micrometres()));
        }
        int index = 0;
        for (int i = 1; i < levels.size(); i++) {
            if (finest * largest.columns() / levels.get(i).columns() <= COARSER * tiling.micrometres()) {
                index = i;
            }
        }
        var level = levels.get(index);
        var here = finest * largest.columns() / level.columns();
        var grid = new SlideGrid(
                largest, level, index, (int) Math.max(1, Math.round(tiling.size() * tiling.micrometres() / here)));
        if (grid.count() == 0) {
            throw new SlideUnusable("the slide of %d x %d pixels is smaller than one tile of %d x %d"
                    .formatted(level.columns(), level.rows(), grid.side, grid.side));
        }
        return grid;
    }

    private static double micrometres(Slide.Level level) {
        return level.spacing()
                        .orElseThrow(
                                () -> new SlideUnusable(
                                        "the slide does not say how large its pixels are (Pixel Spacing), so nobody knows what size a tile is"))
                        .betweenColumns()
                * MICROMETRES;
    }

    private int across() {
        return level.columns() / side;
    }

    int count() {
        return across() * (level.rows() / side);
    }

    /** The squares that show tissue, row by row. */
    List<Cell> tissue(SlideOverview overview, Tiling.Tissue rule) {
        var found = new ArrayList<Cell>();
        for (int row = 0; row < level.rows() / side; row++) {
            for (int column = 0; column < across(); column++) {
                var cell = new Cell(column, row);
                if (share(cell, overview, rule) >= rule.share()) {
                    found.add(cell);
                }
            }
        }
        return found;
    }

    private double share(Cell cell, SlideOverview overview, Tiling.Tissue rule) {
        int left = scaled(cell.column() * side, overview.columns(), level.columns());
        int top = scaled(cell.row() * side, overview.rows(), level.rows());
        int right = Math.max(left + 1, scaled((cell.column() + 1) * side, overview.columns(), level.columns()));
        int bottom = Math.max(top + 1, scaled((cell.row() + 1) * side, overview.rows(), level.rows()));
        int tissue = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                tissue += rule.isTissue(overview.rgb()[y * overview.columns() + x]) ? 1 : 0;
            }
        }
        return (double) tissue / ((right - left) * (bottom - top));
    }

    private static int scaled(int place, int to, int of) {
        return (int) ((long) place * to / of);
    }

    /**
     * Where it lies in the largest level.
     *
     * @param slide which of the slides this is, from 0
     */
    Tiles.Tile tile(int slide, Cell cell) {
        return new Tiles.Tile(
                slide,
                scaled(cell.column() * side, largest.columns(), level.columns()),
                scaled(cell.row() * side, largest.rows(), level.rows()),
                Math.max(1, scaled(side, largest.columns(), level.columns())));
    }

    /** Its pixels, brought to {@code size} x {@code size}: each the mean of those that it covers. */
    int[] pixels(Slide slide, Cell cell, int size) throws IOException {
        var region = new Slide.Region(cell.column() * side, cell.row() * side, side, side);
        var pixels = slide.region(index, region);
        return side == size ? pixels : resized(pixels, size);
    }

    private int[] resized(int[] pixels, int size) {
        var resized = new int[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                resized[y * size + x] = SlideOverview.mean(
                        pixels,
                        side,
                        new SlideOverview.Box(
                                scaled(x, side, size),
                                scaled(y, side, size),
                                Math.max(scaled(x, side, size) + 1, scaled(x + 1, side, size)),
                                Math.max(scaled(y, side, size) + 1, scaled(y + 1, side, size))));
            }
        }
        return resized;
    }
}
