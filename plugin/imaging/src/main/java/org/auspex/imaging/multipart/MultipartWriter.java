package org.auspex.imaging.multipart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a message of several parts, one after the other. Close it, or its last boundary is missing. */
public final class MultipartWriter implements AutoCloseable {

    private final OutputStream out;
    private final String boundary;

    public MultipartWriter(OutputStream out, String boundary) {
        this.out = out;
        this.boundary = boundary;
    }

    /**
     * Begins a part, whose bytes the caller then writes.
     *
     * @param headers such as {@code Content-Type: application/dicom}
     */
    public void part(List<String> headers) throws IOException {
        out.write(head(boundary, headers));
    }

    @Override
    public void close() throws IOException {
        out.write(end(boundary));
        out.flush();
    }

    /** What stands before the bytes of a part. */
    public static byte[] head(String boundary, List<String> headers) {
        return "\r\n--%s\r\n%s\r\n\r\n"
                .formatted(boundary, String.join("\r\n", headers))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What stands at the end. */
    public static byte[] end(String boundary) {
        return "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.ISO_8859_1);
    }
}
