package org.auspex.terminology;

/** A unit is absent, unknown or of another dimension. The message names the unit and what was expected. */
public final class UnitRefused extends Exception {

    private static final long serialVersionUID = 1L;

    public UnitRefused(String message) {
        super(message);
    }

    UnitRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
