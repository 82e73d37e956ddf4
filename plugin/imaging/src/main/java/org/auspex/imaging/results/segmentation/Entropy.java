package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.stream.IntStream;

/** From a doubt to the probability that it is the doubt about. */
public final class Entropy {

    private static final int STEPS = 1 << 16;
    private static final int HALVINGS = 30;

    /**
     * The probabilities of at most a half by their entropy in {@link #STEPS} steps: straight lines between them are less than 0.001 off, a
     * quarter of the 1/255 in which probabilities are stored.
     */
    private static final double[] LOWER = IntStream.rangeClosed(0, STEPS)
            .mapToDouble(i -> solved((double) i / STEPS))
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
        var place = Math.min(1, Math.max(0, bits)) * STEPS;
        var below = Math.min(STEPS - 1, (int) place);
        return LOWER[below] + (LOWER[below + 1] - LOWER[below]) * (place - below);
    }

    /** The same by halving. */
    private static double solved(double bits) {
        double low = 0;
        double high = 0.5;
        for (int i = 0; i < HALVINGS; i++) {
            var middle = (low + high) / 2;
            if (of(middle) <= bits) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
