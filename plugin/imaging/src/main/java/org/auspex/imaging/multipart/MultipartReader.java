package org.auspex.imaging.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.fileupload.FileUploadBase.FileUploadIOException;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.MultipartStream.MalformedStreamException;

/** Reads a message of several parts, each into a stream that its reader opens. No part is held in memory. */
public final class MultipartReader {

    private static final int BUFFER = 64 << 10;
    private static final int LONGEST_HEADERS = 8 << 10;
    private static final int LONGEST_BOUNDARY = 70;

    private final byte[] boundary;

    /** Who takes the parts. */
    @FunctionalInterface
    public interface Parts {

        /**
         * @param headers of the part, by names in small letters
         * @return where its bytes go; closed when the part ends, or when it cannot be read to its end
         */
        OutputStream open(Map<String, String> headers) throws IOException;
    }

    /**
     * @param type of the message
     * @throws MultipartRefused if it has no boundary
     */
    public MultipartReader(MediaType type) {
        var given = type.parameter("boundary").orElse("");
        if (!type.name().startsWith("multipart/") || given.isEmpty() || given.length() > LONGEST_BOUNDARY) {
            throw MultipartRefused.malformed(
                    "A message of several parts was expected, with a boundary of at most %d characters; this is %s"
                            .formatted(LONGEST_BOUNDARY, type.name()),
                    null);
        }
        this.boundary = given.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * @return how many parts there were
     * @throws MultipartRefused if the message is malformed, or ends before its last boundary
     * @throws IOException if it cannot be read further, or a part cannot be written
     */
    public int read(InputStream message, Parts parts) throws IOException {
        try {
            var stream = new MultipartStream(message, boundary, BUFFER, null);
            stream.setPartHeaderSizeMax(LONGEST_HEADERS);
            var count = 0;
            for (var more = stream.skipPreamble(); more; more = stream.readBoundary()) {
                count++;
                try (var part = parts.open(headers(stream.readHeaders()))) {
                    stream.readBodyData(part);
                }
            }
            if (count == 0) {
                throw MultipartRefused.malformed("The boundary that was announced is nowhere in the message", null);
            }
            return count;
        } catch (MalformedStreamException | FileUploadIOException e) {
            throw MultipartRefused.malformed("The message ends before its last boundary, or is none of parts", e);
        }
    }

    private static Map<String, String> headers(String text) {
        var headers = new TreeMap<String, String>();
        for (var line : text.split("\r\n", -1)) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }
}
