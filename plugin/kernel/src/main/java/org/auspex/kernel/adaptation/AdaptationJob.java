package org.auspex.kernel.adaptation;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/** An adaptation that somebody asked for and comes back for. */
public final class AdaptationJob {

    private final String id;
    private final AdaptationOrder order;
    private volatile String progress = "waiting for its turn";
    private volatile boolean cancelled;
    private volatile Optional<Adapted> result = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    AdaptationJob(String id, AdaptationOrder order) {
        this.id = id;
        this.order = order;
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
    public Optional<Adapted> result() {
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

    AdaptationOrder order() {
        return order;
    }

    void at(String doing, int done, int of) {
        if (cancelled) {
            throw new CancellationException("The adaptation was cancelled");
        }
        progress = "%s: %d of %d".formatted(doing, done, of);
    }

    void succeeded(Adapted adapted) {
        result = Optional.of(adapted);
    }

    void failed(RuntimeException why) {
        failure = Optional.of(why);
    }
}
