package org.auspex.kernel.images;

/** An image that a step cannot take. The message names the value and what would do. */
public final class ImageRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ImageRefused(String message) {
        super(message);
    }
}
