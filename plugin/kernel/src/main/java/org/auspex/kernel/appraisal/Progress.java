package org.auspex.kernel.appraisal;

/** Hears how far an appraisal has come. */
@FunctionalInterface
public interface Progress {

    /**
     * A part of the work is done.
     *
     * @param doing in words, such as {@code predicting}
     * @throws java.util.concurrent.CancellationException if nobody wants the result any more
     */
    void at(String doing, int done, int of);
}
