package org.auspex.kernel.images;

import java.util.Arrays;

/**
 * Where voxels lie: a 4 by 4 matrix from voxel indices (first, second, third) to millimetres towards the patient's right,
 * front and head (RAS+, as NIfTI and MONAI write it). For an image of two dimensions the third is the identity.
 */
public final class Affine {

    private static final int N = 4;

    private final double[][] rows;

    private Affine(double[][] rows) {
        this.rows = rows;
    }

    /** Millimetres equal to indices. */
    public static Affine identity() {
        var rows = new double[N][N];
        for (int i = 0; i < N; i++) {
            rows[i][i] = 1;
        }
        return new Affine(rows);
    }

    /**
     * A matrix of 16 numbers, row by row.
     *
     * @throws ImageRefused if it is none, or leads nowhere back
     */
    public static Affine of(double... numbers) {
        if (numbers.length != N * N || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw new ImageRefused("the affine %s is no 4 by 4 matrix of numbers".formatted(Arrays.toString(numbers)));
        }
        var affine = new Affine(new double[N][N]);
        for (int i = 0; i < N * N; i++) {
            affine.rows[i / N][i % N] = numbers[i];
        }
        var last = affine.rows[N - 1];
        if (last[0] != 0 || last[1] != 0 || last[2] != 0 || last[3] != 1) {
            throw new ImageRefused(
                    "the last row of the affine is %s; it must be 0 0 0 1".formatted(Arrays.toString(last)));
        }
        affine.inverse();
        return affine;
    }

    /** The part that places an image of {@code rank} dimensions; the others are as in the identity. */
    Affine of(int rank) {
        var part = identity();
        for (int i = 0; i < rank; i++) {
            System.arraycopy(rows[i], 0, part.rows[i], 0, rank);
            part.rows[i][N - 1] = rows[i][N - 1];
        }
        return part;
    }

    double at(int row, int column) {
        return rows[row][column];
    }

    /** The same with another column; the last one is the place of the voxel at 0, 0, 0. */
    Affine with(int column, double... numbers) {
        var changed = new double[N][];
        for (int i = 0; i < N; i++) {
            changed[i] = rows[i].clone();
            if (i < numbers.length) {
                changed[i][column] = numbers[i];
            }
        }
        return new Affine(changed);
    }

    double[] column(int column) {
        return new double[] {rows[0][column], rows[1][column], rows[2][column]};
    }

    /** The distance of neighbours along an axis, in millimetres. */
    double spacing(int axis) {
        return Math.sqrt(Arrays.stream(column(axis)).map(x -> x * x).sum());
    }

    /** Millimetres of an index, which may lie between voxels. */
    double[] apply(double... index) {
        var place = new double[N - 1];
        for (int i = 0; i < N - 1; i++) {
            place[i] = rows[i][N - 1];
            for (int j = 0; j < index.length; j++) {
                place[i] += rows[i][j] * index[j];
            }
        }
        return place;
    }

    Affine times(Affine other) {
        var product = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                for (int k = 0; k < N; k++) {
                    product[i][j] += rows[i][k] * other.rows[k][j];
                }
            }
        }
        return new Affine(product);
    }

    /**
     * The way back, by Gauss and Jordan with pivots.
     *
     * @throws ImageRefused if there is none
     */
    Affine inverse() {
        var left = new double[N][];
        Arrays.setAll(left, i -> Arrays.copyOf(rows[i], 2 * N));
        for (int i = 0; i < N; i++) {
            left[i][N + i] = 1;
        }
        for (int c = 0; c < N; c++) {
            int pivot = c;
            for (int r = c + 1; r < N; r++) {
                pivot = Math.abs(left[r][c]) > Math.abs(left[pivot][c]) ? r : pivot;
            }
            if (Math.abs(left[pivot][c]) < 1e-12) {
                throw new ImageRefused("the affine %s is singular: its axes do not span space".formatted(this));
            }
            var row = left[pivot];
            left[pivot] = left[c];
            left[c] = row;
            eliminate(left, c);
        }
        var inverse = new double[N][];
        Arrays.setAll(inverse, i -> Arrays.copyOfRange(left[i], N, 2 * N));
        return new Affine(inverse);
    }

    private static void eliminate(double[][] rows, int c) {
        var scale = rows[c][c];
        for (int j = 0; j < 2 * N; j++) {
            rows[c][j] /= scale;
        }
        for (int r = 0; r < N; r++) {
            var factor = rows[r][c];
            for (int j = 0; r != c && j < 2 * N; j++) {
                rows[r][j] -= factor * rows[c][j];
            }
        }
    }

    /** Whether every number is within {@code absolute} (and 0.001 percent) of the other's. */
    boolean isNear(Affine other, double absolute) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                if (Math.abs(rows[i][j] - other.rows[i][j]) > absolute + 1e-5 * Math.abs(other.rows[i][j])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The 16 numbers, row by row. */
    public double[] numbers() {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public String toString() {
        return Arrays.deepToString(rows);
    }
}
