package org.auspex.kernel.images;

import java.util.Arrays;
import java.util.List;

/**
 * Takes noise away by non-local means: each pixel becomes the mean of those around it, weighted by how alike their patches are.
 * Volumes are treated picture by picture, along their last axis. At the edge the picture is mirrored, its outermost pixels not repeated.
 *
 * <p>Source: Buades A, Coll B, Morel JM. A non-local algorithm for image denoising. CVPR 2005; 2:60-65. The weight of a pixel is
 * {@code exp(-max(d - 2 sigma^2, 0) / strength^2)}, where d is the mean square difference of the two patches (Buades et al.,
 * Image Processing On Line 2011; 1:208-212).
 *
 * @param patch half the width of a patch, so that it is 2 {@code patch} + 1 pixels wide
 * @param search half the width of the neighbourhood
 * @param strength h of the publication, in intensities
 * @param sigma the noise's standard deviation, in intensities; 0 = unknown
 */
public record Denoise(int patch, int search, double strength, double sigma) implements Step {

    /** @throws IllegalArgumentException if a number makes no sense */
    public Denoise {
        if (patch < 0 || search < 1 || !(strength > 0) || !(sigma >= 0)) {
            throw new IllegalArgumentException(
                    "denoise takes patch 0 or more, search 1 or more, strength above 0 and sigma 0 or more");
        }
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        image.requireRank("Denoise", List.of(2, 3));
        return Slices.each(image, this::denoise);
    }

    private void denoise(double[] picture, double[] result, int rows, int columns) {
        var mirrored = new Mirrored(picture, rows, columns, patch + search);
        var weights = new double[picture.length];
        Arrays.fill(result, 0);
        for (int down = -search; down <= search; down++) {
            for (int right = -search; right <= search; right++) {
                add(mirrored, down, right, result, weights);
            }
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= weights[i];
        }
    }

    /** Adds what lies at one distance from every pixel; the patches' differences are sums over a table of sums. */
    private void add(Mirrored picture, int down, int right, double[] sums, double[] weights) {
        var table = picture.squares(down, right, patch);
        var width = 2 * patch + 1;
        for (int row = 0; row < picture.rows(); row++) {
            for (int column = 0; column < picture.columns(); column++) {
                var difference = table[row + width][column + width]
                        - table[row][column + width]
                        - table[row + width][column]
                        + table[row][column];
                var mean = difference / (width * width);
                var weight = Math.exp(-Math.max(mean - 2 * sigma * sigma, 0) / (strength * strength));
                var at = row * picture.columns() + column;
                weights[at] += weight;
                sums[at] += weight * picture.at(row + down, column + right);
            }
        }
    }

    /** A picture with a mirrored border. */
    private static final class Mirrored {

        private final int rows;
        private final int columns;
        private final int border;
        private final double[][] pixels;

        Mirrored(double[] picture, int rows, int columns, int border) {
            this.rows = rows;
            this.columns = columns;
            this.border = border;
            this.pixels = new double[rows + 2 * border][columns + 2 * border];
            for (int row = 0; row < pixels.length; row++) {
                var from = Padding.REFLECT.index(row - border, rows) * columns;
                for (int column = 0; column < pixels[row].length; column++) {
                    pixels[row][column] = picture[from + Padding.REFLECT.index(column - border, columns)];
                }
            }
        }

        int rows() {
            return rows;
        }

        int columns() {
            return columns;
        }

        double at(int row, int column) {
            return pixels[row + border][column + border];
        }

        /** The sums, from the beginning to each place, of the squared differences to the picture moved. */
        double[][] squares(int down, int right, int patch) {
            var table = new double[rows + 2 * patch + 1][columns + 2 * patch + 1];
            for (int row = 1; row < table.length; row++) {
                var line = 0.0;
                for (int column = 1; column < table[row].length; column++) {
                    int y = row - 1 - patch;
                    int x = column - 1 - patch;
                    var difference = at(y, x) - at(y + down, x + right);
                    line += difference * difference;
                    table[row][column] = table[row - 1][column] + line;
                }
            }
            return table;
        }
    }
}
