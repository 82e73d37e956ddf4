package org.auspex.kernel.adaptation;

/** What a client gave to learn from is nothing that a model can learn from, and why. */
public final class AdaptationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AdaptationRefused(String message) {
        super(message);
    }

    public AdaptationRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
