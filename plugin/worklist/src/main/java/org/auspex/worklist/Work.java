package org.auspex.worklist;

import java.time.Instant;
import java.util.Optional;
import org.auspex.kernel.evidence.Subject;

/**
 * A question that a worker has claimed.
 *
 * @param claim how often it was ever claimed; whoever holds an older claim can end nothing
 * @param attempt 1 for the first
 * @param partition of the resource that asks
 * @param task that shows an earlier failure
 * @param claimedAt by the database's clock; everything that asks was stored before
 */
record Work(
        long id,
        int claim,
        String model,
        Subject subject,
        String cause,
        int attempt,
        Optional<Integer> partition,
        Optional<String> task,
        Instant claimedAt) {

    Work claimedAt(Instant time) {
        return new Work(id, claim, model, subject, cause, attempt, partition, task, time);
    }
}
