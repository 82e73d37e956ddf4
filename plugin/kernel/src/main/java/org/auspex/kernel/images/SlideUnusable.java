package org.auspex.kernel.images;

/** A slide that was read and that nothing can be said about, such as one without tissue. The message says why, and what would do. */
public final class SlideUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SlideUnusable(String message) {
        super(message);
    }
}
