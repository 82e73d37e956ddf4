package org.auspex.commandline.exam;

/**
 * The score interval of a share (Wilson, Probable inference, the law of succession, and statistical inference, 1927), at 95 %. It has a width also where all answers are right.
 *
 * @param low at least 0
 * @param high at most 1
 */
record Wilson(double low, double high) {

    /** The 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** @param of at least 1 */
    static Wilson of(int right, int of) {
        if (of < 1 || right < 0 || right > of) {
            throw new IllegalArgumentException("A share is of one or more, not %d of %d".formatted(right, of));
        }
        var share = (double) right / of;
        var widened = 1 + Z * Z / of;
        var centre = share + Z * Z / (2 * of);
        var half = Z * Math.sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of));
        return new Wilson(Math.max(0, (centre - half) / widened), Math.min(1, (centre + half) / widened));
    }
}
