package org.auspex.language.documents;

import org.jspecify.annotations.Nullable;

/** A document that cannot be read or used: why, with the value, and what to do. No text of the document is part of the message. */
public final class DocumentRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, for those who count refusals. */
    public enum Reason {
        EMPTY,
        TOO_LARGE,
        TOO_DEEP,
        BINARY,
        CHARSET,
        FORMAT,
        ENCRYPTED,
        WITHOUT_TEXT,
        DAMAGED,
        WITHDRAWN,
        OUT_OF_REACH,
        /** Its header names somebody else than whom it is filed under. */
        ANOTHER_PATIENT,
        /** It has nothing that a summary quotes. */
        NOTHING_TO_QUOTE
    }

    private final Reason reason;

    public DocumentRefused(Reason reason, String why) {
        this(reason, why, null);
    }

    public DocumentRefused(Reason reason, String why, @Nullable Throwable cause) {
        super(why, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
