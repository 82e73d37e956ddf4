package org.auspex.imaging.multipart;

/** A message of several parts that is none, ends too early, or is beyond its budget. */
public final class MultipartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether it was well-formed as far as it was read, but too long. */
    private final boolean tooLong;

    private MultipartRefused(String why, boolean tooLong, @org.jspecify.annotations.Nullable Throwable cause) {
        super(why, cause);
        this.tooLong = tooLong;
    }

    static MultipartRefused malformed(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new MultipartRefused(why, false, cause);
    }

    static MultipartRefused tooLong(String why) {
        return new MultipartRefused(why, true, null);
    }

    public boolean isTooLong() {
        return tooLong;
    }
}
