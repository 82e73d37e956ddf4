package org.auspex.imaging.results.reading;

import java.util.BitSet;
import org.auspex.imaging.results.segmentation.Mask;

/**
 * How far two masks of the same source agree.
 *
 * @param both pixels in both
 * @param one pixels in the first
 * @param other pixels in the second
 */
public record Agreement(long both, long one, long other) {

    /** @throws IllegalArgumentException if they are not about the same grid */
    public static Agreement of(Mask one, Mask other) {
        if (one.frames() != other.frames() || one.rows() != other.rows() || one.columns() != other.columns()) {
            throw new IllegalArgumentException("%s and %s are not about the same grid".formatted(one, other));
        }
        long both = 0;
        for (int i = 0; i < one.frames(); i++) {
            var common = (BitSet) one.bits(i).clone();
            common.and(other.bits(i));
            both += common.cardinality();
        }
        return new Agreement(both, one.pixels(), other.pixels());
    }

    /** Dice's coefficient: 1 = equal, 0 = nothing in common. Two empty masks are equal. */
    public double dice() {
        return one + other == 0 ? 1 : 2.0 * both / (one + other);
    }

    /** Intersection over union (Jaccard's index). Two empty masks are equal. */
    public double iou() {
        var either = one + other - both;
        return either == 0 ? 1 : (double) both / either;
    }
}
