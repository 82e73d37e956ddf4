package org.auspex.imaging.overlay;

import java.util.List;
import java.util.Random;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;

/** A made-up image that looks a little like ultrasound: speckle in layers, a dark lesion with a shadow. It shows nobody. */
final class Phantom {

    static final int ROWS = 120;
    static final int COLUMNS = 160;

    private Phantom() {}

    static Grey image() {
        var random = new Random(7);
        var speckle = new double[ROWS * COLUMNS];
        for (int i = 0; i < speckle.length; i++) {
            speckle[i] = Math.hypot(random.nextGaussian(), random.nextGaussian());
        }
        var levels = new float[speckle.length];
        for (int i = 0; i < levels.length; i++) {
            int row = i / COLUMNS;
            int column = i % COLUMNS;
            var smooth =
                    (at(speckle, row, column - 1) + 2 * at(speckle, row, column) + at(speckle, row, column + 1)) / 4;
            levels[i] = (float) Math.min(1, 0.28 * smooth * echo(row, column));
        }
        return new Grey(ROWS, COLUMNS, levels);
    }

    /** The probability of the lesion, unsure along its edge and most at its lower left. */
    static Raster probability() {
        var numbers = new float[ROWS * COLUMNS];
        for (int i = 0; i < numbers.length; i++) {
            int row = i / COLUMNS;
            int column = i % COLUMNS;
            var soft = 0.04 + 0.12 * Math.max(0, (row - 55) / 40.0) * Math.max(0, (90 - column) / 40.0);
            numbers[i] = (float) (1 / (1 + Math.exp((radius(row, column) - 1) / soft)));
        }
        return new Raster(ROWS, COLUMNS, List.of(numbers));
    }

    static Mask mask() {
        return Mask.above(probability(), 0.5);
    }

    /** Entropy of the probability in bits. */
    static Raster uncertainty() {
        var numbers = probability().frames().get(0).clone();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (bits(numbers[i]) + bits(1 - numbers[i]));
        }
        return new Raster(ROWS, COLUMNS, List.of(numbers));
    }

    private static double bits(double p) {
        return p > 0 ? -p * Math.log(p) / Math.log(2) : 0;
    }

    private static double at(double[] speckle, int row, int column) {
        return speckle[row * COLUMNS + Math.min(COLUMNS - 1, Math.max(0, column))];
    }

    private static double echo(int row, int column) {
        var layer = row < 14 ? 1.9 : row < 34 ? 0.9 : row < 84 ? 1.3 : 0.7;
        var shadow = row > 60 && Math.abs(column - 84) < 22 ? 0.55 : 1;
        return layer * shadow * (radius(row, column) < 1 ? 0.28 : 1);
    }

    /** 1 on the edge of the lesion. */
    private static double radius(int row, int column) {
        var y = (row - 54) / 18.0;
        var x = (column - 84) / 32.0;
        return Math.hypot(y, x) * (1 + 0.08 * Math.sin(5 * Math.atan2(y, x)));
    }
}
