package org.auspex.kernel.background;

import java.util.concurrent.CancellationException;

/** Hears how far a piece of work has come. */
@FunctionalInterface
public interface Progress {

    /**
     * A part of the work is done.
     *
     * @param doing in words, such as {@code training}
     * @throws CancellationException if nobody wants the result any more
     */
    void at(String doing, int done, int of);
}
