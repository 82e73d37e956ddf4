package org.auspex.worklist;

import java.time.Duration;

/**
 * How the worklist is worked off.
 *
 * @param threads workers of each model, and of cohorts; while one reads, another writes
 * @param batch questions that one worker takes at once
 * @param poll how often a worker looks when nobody wakes it
 * @param lease after this, work of a server that gives no sign of life is given to another
 * @param attempts after this many failures a question has failed
 * @param backoff the wait after the first failure; it doubles each time, to 64 times at most
 * @param unserved how long questions wait for a model that no server serves
 */
public record WorkSettings(
        int threads, int batch, Duration poll, Duration lease, int attempts, Duration backoff, Duration unserved) {

    Duration backoffAfter(int attempt) {
        return backoff.multipliedBy(1L << Math.min(attempt - 1, 6));
    }

    /**
     * How many questions may share an attempt after the server stopped over the one before. One of them may be what stops
     * it, so they are tried in ever smaller company, and at last alone.
     */
    int company(int attempt) {
        return attempt >= attempts ? 1 : Math.max(1, batch >> 2 * Math.min(attempt - 1, 15));
    }
}
