package org.auspex.kernel.evidence;

/** A document that cannot be read. The message says why and what to do, and quotes nothing of it. */
public final class NoteRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoteRefused(String message) {
        super(message);
    }

    public NoteRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
