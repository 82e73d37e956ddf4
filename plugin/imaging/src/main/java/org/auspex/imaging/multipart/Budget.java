package org.auspex.imaging.multipart;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** How many bytes may still come; one budget for all parts of a message, or for one object alone. */
public final class Budget {

    private final long whole;
    private long left;

    public Budget(long bytes) {
        this.whole = bytes;
        this.left = bytes;
    }

    /** @throws MultipartRefused if so much is too much */
    public void spend(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw MultipartRefused.tooLong("There are more than the %d bytes that may come".formatted(whole));
        }
    }

    /** What is written there is spent. */
    public OutputStream on(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                spend(1);
                out.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                spend(length);
                out.write(bytes, from, length);
            }
        };
    }
}
