package org.auspex.worklist;

import java.time.Duration;

/**
 * How the worklist is worked off.
 *
 * @param batch questions that one worker takes at once
 * @param poll how often a worker looks when nobody wakes it
 * @param lease after this, work of a worker that does not report is given to another
 * @param attempts after this many failures a question has failed
 * @param backoff the wait after the first failure; it doubles each time, to 64 times at most
 */
public record WorkSettings(int batch, Duration poll, Duration lease, int attempts, Duration backoff) {

    Duration backoffAfter(int attempt) {
        return backoff.multipliedBy(1L << Math.min(attempt - 1, 6));
    }
}
