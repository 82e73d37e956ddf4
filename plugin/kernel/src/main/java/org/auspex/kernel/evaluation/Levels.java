package org.auspex.kernel.evaluation;

import java.util.Arrays;

/** The distinct values of a column, rising, and at which of them each row stands. Sorted once, so that no resample sorts. */
final class Levels {

    private final double[] values;
    private final int[] ofRow;

    Levels(double[] column) {
        // Adding 0 makes -0.0 and 0.0 one value.
        var cleaned = Arrays.stream(column).map(value -> value + 0.0).toArray();
        this.values = Arrays.stream(cleaned).sorted().distinct().toArray();
        this.ofRow = Arrays.stream(cleaned)
                .mapToInt(value -> Arrays.binarySearch(values, value))
                .toArray();
    }

    /** The values themselves; not to be written to. */
    double[] values() {
        return values;
    }

    int count() {
        return values.length;
    }

    int of(int row) {
        return ofRow[row];
    }
}
