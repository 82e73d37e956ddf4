package org.auspex.imaging.measures;

import java.util.BitSet;

/** The areas in and around a lesion that grey is compared in. */
final class Areas {

    private final Lesion lesion;

    Areas(Lesion lesion) {
        this.lesion = lesion;
    }

    /** From 2 to 8 pixels outside of the lesion. */
    BitSet around() {
        var ring = grown(lesion.mask(), 8);
        ring.andNot(grown(lesion.mask(), 2));
        ring.and(lesion.valid());
        return ring;
    }

    /** Within 3 pixels of the edge, outside. */
    BitSet outer() {
        var ring = grown(lesion.mask(), 3);
        ring.andNot(lesion.mask());
        ring.and(lesion.valid());
        return ring;
    }

    /** Within 3 pixels of the edge, inside. */
    BitSet inner() {
        var outside = new BitSet();
        outside.set(0, lesion.image().length);
        outside.andNot(lesion.mask());
        var ring = grown(outside, 3);
        ring.and(lesion.mask());
        return ring;
    }

    /** Below the lesion, as deep as it is high. */
    BitSet behind() {
        var area = rowsBehind();
        area.and(shaded());
        return area;
    }

    /** Beside {@link #behind}, in the same depth. */
    BitSet beside() {
        var area = rowsBehind();
        area.andNot(shaded());
        return area;
    }

    private BitSet rowsBehind() {
        var columns = lesion.columns();
        int bottom = (lesion.mask().length() - 1) / columns;
        int height = 0;
        for (int row = 0; row < lesion.rows(); row++) {
            var first = lesion.mask().nextSetBit(row * columns);
            height += first >= 0 && first < (row + 1) * columns ? 1 : 0;
        }
        var rows = new BitSet();
        rows.set((bottom + 1) * columns, Math.min(bottom + 1 + height, lesion.rows()) * columns);
        rows.and(lesion.valid());
        return rows;
    }

    /** The lesion and all that lies below it. */
    private BitSet shaded() {
        var shaded = (BitSet) lesion.mask().clone();
        for (int i = lesion.columns(); i < lesion.image().length; i++) {
            if (shaded.get(i - lesion.columns())) {
                shaded.set(i);
            }
        }
        return shaded;
    }

    /** With all pixels within a square of so many pixels to each side. */
    private BitSet grown(BitSet mask, int pixels) {
        var wide = new BitSet();
        for (int i = mask.nextSetBit(0); i >= 0; i = mask.nextSetBit(i + 1)) {
            int row = i / lesion.columns() * lesion.columns();
            int column = i - row;
            wide.set(row + Math.max(0, column - pixels), row + Math.min(lesion.columns(), column + pixels + 1));
        }
        var grown = new BitSet();
        for (int i = wide.nextSetBit(0); i >= 0; i = wide.nextSetBit(i + 1)) {
            int row = i / lesion.columns();
            int column = i % lesion.columns();
            for (int r = Math.max(0, row - pixels); r <= Math.min(lesion.rows() - 1, row + pixels); r++) {
                grown.set(r * lesion.columns() + column);
            }
        }
        return grown;
    }
}
