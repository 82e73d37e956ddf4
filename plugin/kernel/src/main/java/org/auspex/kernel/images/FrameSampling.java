package org.auspex.kernel.images;

/**
 * Which frames of a loop are looked at.
 *
 * @param number every so manieth, or so many
 * @param most frames of one loop; one with more to look at is refused, not cut
 */
public record FrameSampling(By by, int number, int most) {

    /** More are no picture of a loop any more but the loop. */
    public static final int LIMIT = 1000;

    /** How a card counts them. */
    public enum By {
        /** The first, and every so manieth after it. */
        EVERY,
        /** So many, from the middles of equal parts. */
        EVENLY
    }

    /** What is looked at unless a card says otherwise. */
    public static final FrameSampling USUAL = new FrameSampling(By.EVENLY, 8, 8);

    /** @throws IllegalArgumentException if a number is below 1, or there could be more than {@value #LIMIT} */
    public FrameSampling {
        if (number < 1 || most < 1 || most > LIMIT) {
            throw new IllegalArgumentException(
                    "%s %d, at most %d frames: numbers are from 1, and at most %d".formatted(by, number, most, LIMIT));
        }
    }
}
