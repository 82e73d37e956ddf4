package org.auspex.worklist;

import java.util.Optional;
import org.auspex.kernel.evidence.Subject;

/**
 * A question that a worker has claimed.
 *
 * @param attempt 1 for the first
 * @param partition of the resource that asks
 */
record Work(long id, String model, Subject subject, String cause, int attempt, Optional<Integer> partition) {}
