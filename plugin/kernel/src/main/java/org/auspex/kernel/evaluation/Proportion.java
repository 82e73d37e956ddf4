package org.auspex.kernel.evaluation;

import java.util.Optional;

/**
 * So many of so many.
 *
 * @param count 0 to {@code of}
 */
public record Proportion(long count, long of) {

    /** The 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException("A proportion is a part of a whole, not %d of %d".formatted(count, of));
        }
    }

    /** 0 to 1; empty of nothing. */
    public Optional<Double> share() {
        return of == 0 ? Optional.empty() : Optional.of((double) count / of);
    }

    /** The lower end of the 95 % interval by the score method (Wilson, JASA 1927;22:209-12); empty of nothing. */
    public Optional<Double> low() {
        return share().map(share -> count == 0 ? 0.0 : Math.max(0, centre(share) - reach(share)));
    }

    /** The upper end of that interval; empty of nothing. */
    public Optional<Double> high() {
        return share().map(share -> count == of ? 1.0 : Math.min(1, centre(share) + reach(share)));
    }

    private double centre(double share) {
        return (share + Z * Z / (2 * of)) / (1 + Z * Z / of);
    }

    private double reach(double share) {
        return Z / (1 + Z * Z / of) * Math.sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of));
    }
}
