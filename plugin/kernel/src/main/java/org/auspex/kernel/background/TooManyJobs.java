package org.auspex.kernel.background;

/** As many jobs wait as may wait; another is to be asked for later. */
public final class TooManyJobs extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TooManyJobs(long waiting) {
        super("%d jobs of this kind wait already; come back later".formatted(waiting));
    }
}
