package org.auspex.kernel.adaptation;

import java.util.concurrent.CancellationException;

/** Hears how far an adaptation has come. */
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
