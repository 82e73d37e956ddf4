package org.auspex.kernel.inference;

/** Tensors that a network does not take. The message names every problem and what would do. */
public final class TensorRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TensorRefused(String message) {
        super(message);
    }

    public TensorRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
