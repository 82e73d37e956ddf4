package org.auspex.language.chat;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No complete answer came: why, and what to do. Neither the prompt nor anything that the endpoint sent is part of the message. */
public final class ChatFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, for those who count failures. */
    public enum Reason {
        /** As many questions as may be asked at once were being asked. */
        BUSY(false),
        /** Nothing answers there, or the connection broke. */
        UNREACHABLE(true),
        TIMEOUT(false),
        UNAUTHORISED(false),
        /** No such model, or no such address. */
        NOT_FOUND(false),
        /** The endpoint will not take this question, most often because it is too long. */
        REJECTED(false),
        OVERLOADED(true),
        SERVER_FAULT(true),
        /** An answer that breaks the protocol. */
        MALFORMED(true),
        TOO_LARGE(false),
        EMPTY(true),
        /** The answer reached the limit of tokens before its end. */
        CUT_SHORT(false),
        /** The model, or a filter before it, declines. */
        REFUSED(false),
        INTERRUPTED(false);

        private final boolean passing;

        Reason(boolean passing) {
            this.passing = passing;
        }

        /** As it is written in FHIR and in metrics, such as {@code cut-short}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether another question may well be answered: this one, or the answer to it, was at fault. */
        public boolean isAboutTheQuestion() {
            return this == REJECTED || this == TOO_LARGE || this == EMPTY || this == CUT_SHORT || this == REFUSED;
        }

        /** Whether the same question may well be answered a moment later. */
        public boolean isPassing() {
            return passing;
        }
    }

    private final Reason reason;
    private final @Nullable Duration retryAfter;

    ChatFailure(Reason reason, String why) {
        this(reason, why, null);
    }

    ChatFailure(Reason reason, String why, @Nullable Duration retryAfter) {
        super(why);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /** How long the endpoint asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
