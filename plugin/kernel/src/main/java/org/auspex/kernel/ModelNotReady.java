package org.auspex.kernel;

/** A model that is known but cannot serve now, and why. */
public final class ModelNotReady extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelNotReady(String model, String why) {
        super("Model '%s' is not ready: %s".formatted(model, why));
    }
}
