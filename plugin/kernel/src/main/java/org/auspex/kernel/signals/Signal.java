package org.auspex.kernel.signals;

/**
 * One recorded wave.
 *
 * @param hertz samples in a second
 * @param samples in the record's unit, NaN where nothing was measured. Not a copy
 */
public record Signal(double hertz, double[] samples) {

    /** @throws IllegalArgumentException unless there is a rate and a sample */
    public Signal {
        if (!(hertz > 0) || Double.isInfinite(hertz) || samples.length == 0) {
            throw new IllegalArgumentException(
                    "%d samples at %s a second are no signal".formatted(samples.length, hertz));
        }
    }

    double seconds() {
        return samples.length / hertz;
    }

    boolean isMeasured(int at) {
        return !Double.isNaN(samples[at]);
    }

    /** The same, with straight lines where nothing was measured. */
    double[] bridged() {
        var whole = samples.clone();
        int last = -1;
        for (int i = 0; i < whole.length; i++) {
            if (isMeasured(i)) {
                for (int gap = last + 1; gap < i; gap++) {
                    whole[gap] =
                            last < 0 ? whole[i] : whole[last] + (whole[i] - whole[last]) * (gap - last) / (i - last);
                }
                last = i;
            }
        }
        for (int gap = last + 1; gap < whole.length; gap++) {
            whole[gap] = last < 0 ? 0 : whole[last];
        }
        return whole;
    }
}
