package org.auspex.kernel.inference;

import java.time.Duration;
import org.auspex.kernel.model.Batching;

/**
 * How calls of one model wait and meet.
 *
 * @param batched whether calls can be joined along the first dimension
 * @param maxBatchSize rows in one batch at most
 * @param maxQueueDelay how long a batch that is not full may wait for more
 * @param maxQueueSize calls that may wait
 * @param timeout how long a call may take, its wait included
 * @param patience how long a batch may run before the model is given up as hanging
 * @param instances threads
 */
record Limits(
        boolean batched,
        int maxBatchSize,
        Duration maxQueueDelay,
        int maxQueueSize,
        Duration timeout,
        Duration patience,
        int instances) {

    static Limits of(Batching card, boolean batched, Duration timeout, int queue) {
        return new Limits(
                batched,
                card.maxBatchSize(),
                card.maxQueueDelay(),
                card.maxQueueSize().orElse(queue),
                card.timeout().orElse(timeout),
                timeout,
                card.instances());
    }
}
