package org.auspex.worklist;

import org.auspex.kernel.evidence.Subject;

/**
 * A question that a worker has claimed.
 *
 * @param attempt 1 for the first
 */
record Work(long id, String model, Subject subject, String cause, int attempt) {}
