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
        /** It has more to do than it can do in time; try again soon. */
        BUSY,
        /** What runs it is gone, for this input and every other; it serves again by itself when that is back. */
        DOWN
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
