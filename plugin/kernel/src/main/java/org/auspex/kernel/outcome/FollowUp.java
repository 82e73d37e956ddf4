package org.auspex.kernel.outcome;

import java.util.List;

/**
 * Over which time a model foresees an event, as its card declares it.
 *
 * @param times at which it gives the probability of being free of the event; above 0 and rising
 * @param unit of the times: a UCUM unit of time, such as {@code mo}
 * @param horizons of the times, those for which a risk is named; the bands are of the last
 */
public record FollowUp(List<Double> times, String unit, List<Double> horizons) {

    public FollowUp {
        times = List.copyOf(times);
        horizons = List.copyOf(horizons);
    }

    /** Where the curve ends; what comes after it is not foreseen. */
    public double end() {
        return times.get(times.size() - 1);
    }

    /** The horizon that risk groups are about. */
    public double lastHorizon() {
        return horizons.get(horizons.size() - 1);
    }
}
