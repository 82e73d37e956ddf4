package org.auspex.kernel;

import org.auspex.kernel.evidence.Subject;

/**
 * What a result settles, such as the questions that it answers. It is done in the transaction that stores the result: either
 * both are done, or neither.
 */
@FunctionalInterface
public interface Settlement {

    /**
     * @throws RuntimeException if the result must not be stored
     */
    void settle(Subject subject, Written result);
}
