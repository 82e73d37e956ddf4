package org.auspex.imaging.archive;

import org.jspecify.annotations.Nullable;

/** An archive did not do what it was asked: what, why, and what to do. No patient's data is part of the message. */
public final class ArchiveFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** There is no such thing in the archive. */
        NOT_FOUND,
        /** Nobody answers at its address. */
        UNREACHABLE,
        /** It did not answer, or did not go on, in time. */
        TIMEOUT,
        /** It answered that it will not. */
        REFUSED,
        /** What it sent cannot be read. */
        MALFORMED,
        /** What it sent is more than is set. */
        TOO_LARGE,
        /** It has too much to do at present. */
        BUSY,
        /** There is no room to store anything. */
        FULL,
        /** Its address is not on the list of those that may be called. */
        NOT_ALLOWED
    }

    private final Kind kind;

    public ArchiveFailed(Kind kind, String why) {
        this(kind, why, null);
    }

    public ArchiveFailed(Kind kind, String why, @Nullable Throwable cause) {
        super(why, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
