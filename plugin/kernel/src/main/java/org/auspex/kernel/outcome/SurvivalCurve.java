package org.auspex.kernel.outcome;

import java.util.List;
import java.util.Optional;

/**
 * The probability of being free of an event, as it falls with time from 1 at time 0. Between two times the hazard is
 * constant, so the curve falls exponentially; where it ends at 0 it falls in a straight line.
 *
 * @param times above 0 and rising
 * @param free the probability after each time, 0 to 1, never rising
 */
public record SurvivalCurve(List<Double> times, List<Double> free) {

    public SurvivalCurve {
        times = List.copyOf(times);
        free = List.copyOf(free);
        if (times.isEmpty() || times.size() != free.size()) {
            throw new IllegalArgumentException(
                    "A curve has a probability for each time, not %d for %d".formatted(free.size(), times.size()));
        }
        var before = 1.0;
        for (int i = 0; i < free.size(); i++) {
            var probability = free.get(i);
            if (!(probability >= 0 && probability <= before)) {
                throw new IllegalArgumentException(
                        "A survival curve never rises and lies between 0 and 1; at time %s it is at %s, after %s"
                                .formatted(times.get(i), probability, before));
            }
            before = probability;
        }
    }

    /**
     * The probability that the event comes by a time.
     *
     * @param time from 0 to the end of the curve
     */
    public double risk(double time) {
        if (!(time >= 0 && time <= times.get(times.size() - 1))) {
            throw new IllegalArgumentException(
                    "The curve ends at %s, before %s".formatted(times.get(times.size() - 1), time));
        }
        var to = 0;
        while (times.get(to) < time) {
            to++;
        }
        var share = (time - startOf(to)) / (times.get(to) - startOf(to));
        var high = freeBefore(to);
        var low = free.get(to);
        return 1 - (low > 0 ? high * Math.pow(low / high, share) : high - share * (high - low));
    }

    /** When the probability has fallen to a level between 0 and 1; empty if the curve ends above it. */
    public Optional<Double> fallsTo(double level) {
        for (int i = 0; i < free.size(); i++) {
            var low = free.get(i);
            var high = freeBefore(i);
            if (low <= level) {
                var share = low > 0 ? Math.log(high / level) / Math.log(high / low) : (high - level) / (high - low);
                return Optional.of(startOf(i) + (low < high ? share : 0) * (times.get(i) - startOf(i)));
            }
        }
        return Optional.empty();
    }

    /** The mean time free of the event up to the end of the curve, by trapezia between the times. */
    public double restrictedMean() {
        var mean = 0.0;
        for (int i = 0; i < free.size(); i++) {
            mean += (times.get(i) - startOf(i)) * (freeBefore(i) + free.get(i)) / 2;
        }
        return mean;
    }

    private double startOf(int interval) {
        return interval == 0 ? 0 : times.get(interval - 1);
    }

    private double freeBefore(int interval) {
        return interval == 0 ? 1 : free.get(interval - 1);
    }
}
