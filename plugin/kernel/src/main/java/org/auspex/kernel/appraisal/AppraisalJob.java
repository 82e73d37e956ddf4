package org.auspex.kernel.appraisal;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * An appraisal that somebody asked for and comes back for.
 *
 * @param <R> what it is kept as
 */
public final class AppraisalJob<R> {

    private final String id;
    private volatile String progress = "waiting for its turn";
    private volatile boolean cancelled;
    private volatile Optional<R> result = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    AppraisalJob(String id) {
        this.id = id;
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

    void cancel() {
        cancelled = true;
    }

    boolean isOver() {
        return cancelled || result.isPresent() || failure.isPresent();
    }

    void at(String doing, int done, int of) {
        if (cancelled) {
            throw new CancellationException("The appraisal was cancelled");
        }
        progress = "%s: %d of %d".formatted(doing, done, of);
    }

    void succeeded(R kept) {
        result = Optional.of(kept);
    }

    void failed(RuntimeException why) {
        failure = Optional.of(why);
    }
}
