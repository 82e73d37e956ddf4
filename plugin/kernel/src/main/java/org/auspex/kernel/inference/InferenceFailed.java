package org.auspex.kernel.inference;

import org.jspecify.annotations.Nullable;

/** A model that did not answer: it threw, took too long, or has more to do than it may queue. */
public final class InferenceFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure, because callers treat them apart. */
    public enum Kind {
        /** The model threw or answered nonsense; the same input will fail again. */
        FAULT,
        /** The deadline passed. */
        TIMEOUT,
        /** The queue is full; try again soon. */
        BUSY
    }

    private final Kind kind;

    public InferenceFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public InferenceFailed(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
