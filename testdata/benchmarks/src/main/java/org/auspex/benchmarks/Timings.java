package org.auspex.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Quantile;

/** How long the same thing took, again and again. */
final class Timings {

    private final List<Duration> each = new ArrayList<>();

    void add(Duration duration) {
        each.add(duration);
    }

    /** Runs the work and remembers how long it took. */
    void time(Runnable work) {
        var start = System.nanoTime();
        work.run();
        add(Duration.ofNanos(System.nanoTime() - start));
    }

    int count() {
        return each.size();
    }

    /**
     * A quantile in milliseconds, interpolated between its neighbours.
     *
     * @param probability such as 0.95
     */
    double quantile(double probability) {
        var milliseconds =
                each.stream().mapToDouble(duration -> duration.toNanos() / 1e6).toArray();
        return Quantile.withDefaults().evaluate(milliseconds, probability);
    }
}
