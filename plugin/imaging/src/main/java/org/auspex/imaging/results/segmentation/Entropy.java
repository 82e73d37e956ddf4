package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;

/** From a doubt to the probability that it is the doubt about. */
public final class Entropy {

    /** Entropies of the probabilities from 0 to a half, in steps far below the 1/255 in which probabilities are stored. */
    private static final double[] TABLE = IntStream.rangeClosed(0, 1 << 13)
            .mapToDouble(i -> of(0.5 * i / (1 << 13)))
            .toArray();

    private Entropy() {}

    /**
     * The probability of each pixel to belong to a mask: of the two that have the entropy, the one above a half inside of the mask, and
     * the one below a half outside.
     *
     * @param bits entropy in bits; numbers beyond 0 and 1, which resampling can leave, count as 0 and 1
     * @throws IllegalArgumentException if both are not about the same grid
     */
    public static Raster probabilities(Raster bits, Mask mask) {
        if (bits.frames().size() != mask.frames() || bits.rows() != mask.rows() || bits.columns() != mask.columns()) {
            throw new IllegalArgumentException("The doubt is not about the grid of " + mask);
        }
        var frames = new ArrayList<float[]>();
        for (int f = 0; f < mask.frames(); f++) {
            var entropies = bits.frames().get(f);
            var inside = mask.bits(f);
            var frame = new float[entropies.length];
            for (int i = 0; i < frame.length; i++) {
                var low = lower(entropies[i]);
                frame[i] = (float) (inside.get(i) ? 1 - low : low);
            }
            frames.add(frame);
        }
        return new Raster(bits.rows(), bits.columns(), frames);
    }

    /** Entropy of a probability, in bits. */
    public static double of(double probability) {
        return term(probability) + term(1 - probability);
    }

    private static double term(double p) {
        return p <= 0 ? 0 : -p * Math.log(p) / Math.log(2);
    }

    /** The probability of at most a half that has this entropy, which grows with it: looked up, and straight between two of the table. */
    private static double lower(double bits) {
        if (bits <= 0) {
            return 0;
        }
        var last = TABLE.length - 1;
        if (bits >= TABLE[last]) {
            return 0.5;
        }
        var found = Arrays.binarySearch(TABLE, bits);
        if (found >= 0) {
            return 0.5 * found / last;
        }
        var above = -found - 1;
        var share = (bits - TABLE[above - 1]) / (TABLE[above] - TABLE[above - 1]);
        return 0.5 * (above - 1 + share) / last;
    }
}
