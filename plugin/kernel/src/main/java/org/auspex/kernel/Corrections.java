package org.auspex.kernel;

import java.util.List;

/** What happens to results when the evidence they rest on is corrected, moved or deleted. */
@FunctionalInterface
public interface Corrections {

    /**
     * Withdraws every result that rests on what a resource no longer says.
     *
     * @param reference {@code Observation/1}, without version: what counts is what it says now
     * @return the predictions that should be made again
     */
    List<Triggers.Ask> review(String reference);
}
