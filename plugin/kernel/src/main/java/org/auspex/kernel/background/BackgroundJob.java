package org.auspex.kernel.background;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Work that somebody asked for and comes back for.
 *
 * @param <R> what comes of it
 */
public final class BackgroundJob<R> {

    private final String id;
    private final String about;
    private volatile String progress = "waiting for its turn";
    private volatile boolean cancelled;
    private volatile Optional<R> result = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    BackgroundJob(String id, String about) {
        this.id = id;
        this.about = about;
    }

    /** Nobody can guess it. */
    public String id() {
        return id;
    }

    /** What it does at present, in words. */
    public String progress() {
        return progress;
    }

    /** What came of it; empty while it goes on, or if it failed. */
    public Optional<R> result() {
        return result;
    }

    /** Why nothing came of it; empty while it goes on, or if something did. */
    public Optional<RuntimeException> failure() {
        return failure;
    }

    String about() {
        return about;
    }

    boolean isOver() {
        return cancelled || result.isPresent() || failure.isPresent();
    }

    void cancel() {
        cancelled = true;
    }

    /**
     * Does the work, on the thread that calls.
     *
     * @throws CancellationException if it was cancelled
     * @throws RuntimeException what the work throws, which is kept too
     */
    void run(Work<R> work) {
        try {
            at("beginning", 0, 1);
            result = Optional.of(work.run(this::at));
        } catch (CancellationException e) {
            cancel();
            throw e;
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    private void at(String doing, int done, int of) {
        if (cancelled) {
            throw new CancellationException("Nobody wants it any more");
        }
        progress = "%s: %d of %d".formatted(doing, done, of);
    }
}
