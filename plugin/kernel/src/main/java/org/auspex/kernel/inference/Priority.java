package org.auspex.kernel.inference;

/** Whose call goes first. */
public enum Priority {
    /** Somebody waits for the answer. */
    URGENT,
    /** Nobody does. */
    ROUTINE
}
