package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.Map;

/**
 * What a network has done since it was loaded, as Triton counts it.
 *
 * @param calls that got an answer
 * @param failures calls that got none, by reason
 * @param rows that were computed
 * @param batches that were computed
 * @param queued how long calls waited, all together
 * @param inferring how long batches ran, all together
 */
public record Statistics(
        long calls,
        Map<InferenceFailed.Kind, Long> failures,
        long rows,
        long batches,
        Duration queued,
        Duration inferring) {

    public Statistics {
        failures = Map.copyOf(failures);
    }
}
