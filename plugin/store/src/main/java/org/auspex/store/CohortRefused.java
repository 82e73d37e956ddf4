package org.auspex.store;

/** What a client calls a cohort is none, or too large a one. */
public final class CohortRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CohortRefused(String message) {
        super(message);
    }
}
