package org.auspex.kernel.evaluation;

/** Rows parted by a value into parts of about the same size, from low to high, where equal values stay together. */
final class Portions {

    private Portions() {}

    /** The part of each row, counted from 0 without gaps; fewer parts where rows are few or values are equal. */
    static int[] ofRows(double[] values, int parts) {
        var levels = new Levels(values);
        var rowsAt = new long[levels.count()];
        for (var row = 0; row < values.length; row++) {
            rowsAt[levels.of(row)]++;
        }
        var partOf = new int[levels.count()];
        var part = 0;
        var seen = 0L;
        var filled = 0L;
        for (var level = 0; level < partOf.length; level++) {
            partOf[level] = part;
            seen += rowsAt[level];
            // A part ends where another boundary is reached, so that many equal values make no crumbs after them.
            if (seen * parts / values.length > filled) {
                filled = seen * parts / values.length;
                part++;
            }
        }
        var ofRows = new int[values.length];
        for (var row = 0; row < values.length; row++) {
            ofRows[row] = partOf[levels.of(row)];
        }
        return ofRows;
    }
}
