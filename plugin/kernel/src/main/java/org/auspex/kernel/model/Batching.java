package org.auspex.kernel.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How calls of a model wait and meet, by Triton's names.
 *
 * @param maxBatchSize subjects in one tensor batch at most
 * @param maxQueueDelay how long a batch that is not full may wait for more; zero = never
 * @param maxQueueSize calls that may wait; empty = as the server is set
 * @param timeout how long a call may take, its wait included; empty = as the server is set
 * @param instances threads that run the model, each with a copy of it
 */
public record Batching(
        int maxBatchSize,
        Duration maxQueueDelay,
        Optional<Integer> maxQueueSize,
        Optional<Duration> timeout,
        int instances) {}
