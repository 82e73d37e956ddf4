package org.auspex.kernel.images;

import java.util.List;

/**
 * Evens out contrast by contrast-limited adaptive histogram equalisation (CLAHE). Volumes are treated picture by picture, along
 * their last axis; a picture keeps its least and greatest intensity.
 *
 * <p>Source: Zuiderveld K. Contrast limited adaptive histogram equalization. Graphics Gems IV, 1994, pages 474-485. Each tile has a
 * histogram; what stands above the limit is spread evenly over all its bins, once; a pixel takes the mean, by distance, of what
 * the tiles around it make of its bin.
 *
 * @param tiles along each of the two axes
 * @param limit how many times as high as on average a bin may be
 * @param bins of a histogram
 */
public record Enhance(int tiles, double limit, int bins) implements Step {

    /** @throws IllegalArgumentException if a number makes no sense */
    public Enhance {
        if (tiles < 1 || !(limit >= 1) || bins < 2) {
            throw new IllegalArgumentException("enhance takes tiles 1 or more, limit 1 or more and bins 2 or more");
        }
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        image.requireRank("Enhance", List.of(2, 3));
        if (image.grid().size(0) < tiles || image.grid().size(1) < tiles) {
            throw new ImageRefused("%d by %d tiles need a larger picture than %s"
                    .formatted(tiles, tiles, image.grid().shape()));
        }
        return Slices.each(image, this::enhance);
    }

    private void enhance(double[] picture, double[] result, int rows, int columns) {
        var least = Double.POSITIVE_INFINITY;
        var greatest = Double.NEGATIVE_INFINITY;
        for (var value : picture) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        if (least == greatest) {
            System.arraycopy(picture, 0, result, 0, picture.length);
            return;
        }
        var binned = new int[picture.length];
        for (int i = 0; i < binned.length; i++) {
            binned[i] = (int) Math.min(bins * (picture[i] - least) / (greatest - least), bins - 1);
        }
        var curves = curves(binned, rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                var at = row * columns + column;
                result[at] = least + (greatest - least) * mixed(curves, row, rows, column, columns, binned[at]);
            }
        }
    }

    /** By tile (row, column) and bin: the share of the tile at or below it, from 0 to 1. */
    private double[][][] curves(int[] binned, int rows, int columns) {
        var curves = new double[tiles][tiles][bins];
        for (int i = 0; i < tiles; i++) {
            for (int j = 0; j < tiles; j++) {
                var curve = curves[i][j];
                for (int row = edge(i, rows); row < edge(i + 1, rows); row++) {
                    for (int column = edge(j, columns); column < edge(j + 1, columns); column++) {
                        curve[binned[row * columns + column]]++;
                    }
                }
                equalise(curve);
            }
        }
        return curves;
    }

    private int edge(int tile, int size) {
        return (int) ((long) tile * size / tiles);
    }

    private void equalise(double[] curve) {
        double total = 0;
        for (var count : curve) {
            total += count;
        }
        var most = limit * total / bins;
        double excess = 0;
        for (int bin = 0; bin < bins; bin++) {
            excess += Math.max(curve[bin] - most, 0);
            curve[bin] = Math.min(curve[bin], most);
        }
        double sum = 0;
        for (int bin = 0; bin < bins; bin++) {
            sum += curve[bin] + excess / bins;
            curve[bin] = sum / total;
        }
    }

    private double mixed(double[][][] curves, int row, int rows, int column, int columns, int bin) {
        var down = place(row, rows);
        var right = place(column, columns);
        int i = (int) down;
        int j = (int) right;
        var lower = Math.min(i + 1, tiles - 1);
        var next = Math.min(j + 1, tiles - 1);
        var above = (1 - right + j) * curves[i][j][bin] + (right - j) * curves[i][next][bin];
        var below = (1 - right + j) * curves[lower][j][bin] + (right - j) * curves[lower][next][bin];
        return (1 - down + i) * above + (down - i) * below;
    }

    /** Where a pixel's middle lies among the tiles' middles, from the first to the last. */
    private double place(int pixel, int size) {
        return Math.min(Math.max((pixel + 0.5) * tiles / size - 0.5, 0), tiles - 1.0);
    }
}
