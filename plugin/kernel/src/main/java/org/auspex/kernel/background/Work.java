package org.auspex.kernel.background;

/**
 * What a job does.
 *
 * @param <R> what comes of it
 */
@FunctionalInterface
public interface Work<R> {

    /**
     * Does it.
     *
     * @param progress to be told, often: a job that was cancelled ends there
     * @throws RuntimeException why nothing comes of it; whoever asks after the job gets it
     */
    R run(Progress progress);
}
