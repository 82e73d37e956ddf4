package org.auspex.kernel.adaptation;

/**
 * How far what was found agrees with what was marked.
 *
 * @param both pixels in both
 * @param found pixels that were found
 * @param marked pixels that were marked
 */
public record Overlap(long both, long found, long marked) {

    /**
     * Of two masks on one grid.
     *
     * @throws IllegalArgumentException if they differ in size
     */
    public static Overlap of(float[] found, float[] marked) {
        if (found.length != marked.length) {
            throw new IllegalArgumentException(
                    "Masks of %d and %d pixels are not about one image".formatted(found.length, marked.length));
        }
        long both = 0;
        long ones = 0;
        long others = 0;
        for (int i = 0; i < found.length; i++) {
            var one = found[i] > 0.5;
            var other = marked[i] > 0.5;
            both += one && other ? 1 : 0;
            ones += one ? 1 : 0;
            others += other ? 1 : 0;
        }
        return new Overlap(both, ones, others);
    }

    /** Dice's coefficient: 1 = equal, 0 = nothing in common. Two empty masks are equal. */
    public double dice() {
        return found + marked == 0 ? 1 : 2.0 * both / (found + marked);
    }
}
