package org.auspex.kernel.notes;

import java.util.Locale;

/** Why something that a document names is not written down. */
public enum Refusal {
    /** No vocabulary has these words. */
    UNKNOWN_TERM,
    /** The words mean several things. */
    AMBIGUOUS,
    /** The card does not ask for it. */
    NOT_ASKED,
    /** Suspected, or said of what may come. */
    UNCERTAIN,
    /** A relative's. */
    FAMILY,
    /** To be done or begun. */
    PLANNED,
    /** The document says it two ways. */
    CONTRADICTED,
    /** A test without its value, or a pressure without one of its two. */
    WITHOUT_VALUE,
    /** A number without a unit, or with one that is not known. */
    WITHOUT_UNIT,
    /** The unit measures something else than the card's. */
    NOT_CONVERTIBLE,
    /** Outside of what the card calls plausible. */
    IMPLAUSIBLE,
    /** A test that the vocabulary has no code for. */
    WITHOUT_CODE,
    /** A value of the past without a date, or of a document without one. */
    WITHOUT_TIME;

    /** As the report writes it, such as {@code unknown-term}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
