package org.auspex.language.consult;

/** A question that is not answered as it stands: why, and what to do. Nothing of its words is part of the message. */
public final class QuestionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, for those who count. */
    public enum Reason {
        EMPTY,
        TOO_LONG,
        /** Neither English nor Chinese. */
        LANGUAGE
    }

    private final Reason reason;

    QuestionRefused(Reason reason, String why) {
        super(why);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
