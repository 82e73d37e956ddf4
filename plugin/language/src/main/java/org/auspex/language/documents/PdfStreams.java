package org.auspex.language.documents;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.auspex.language.documents.DocumentRefused.Reason;

/** Looks at a PDF's compressed streams before it is opened, because a small file can unpack to one that fills the memory. */
final class PdfStreams {

    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 << 10;

    private PdfStreams() {}

    /** @throws DocumentRefused if the streams together unpack to more than the limit */
    static void check(byte[] pdf, Limits limits) {
        var unpacked = 0L;
        for (int at = next(pdf, 0); at >= 0; at = next(pdf, at)) {
            unpacked += unpacked(pdf, at, limits.unpackedBytes() - unpacked);
            if (unpacked > limits.unpackedBytes()) {
                throw new DocumentRefused(
                        Reason.TOO_LARGE,
                        "The PDF unpacks to more than %d bytes. Send its text".formatted(limits.unpackedBytes()));
            }
        }
    }

    /** Where the data of the next stream begins, or -1. */
    private static int next(byte[] pdf, int from) {
        for (int i = from; i + STREAM.length + 1 < pdf.length; i++) {
            if (pdf[i] == STREAM[0] && matches(pdf, i)) {
                var after = i + STREAM.length;
                if (pdf[after] == '\r' && pdf[after + 1] == '\n') {
                    return after + 2;
                }
                if (pdf[after] == '\n' || pdf[after] == '\r') {
                    return after + 1;
                }
            }
        }
        return -1;
    }

    private static boolean matches(byte[] pdf, int at) {
        for (int i = 0; i < STREAM.length; i++) {
            if (pdf[at + i] != STREAM[i]) {
                return false;
            }
        }
        return true;
    }

    /** What the stream unpacks to, counted up to just beyond {@code most}; 0 if it is compressed by another method. */
    private static long unpacked(byte[] pdf, int from, long most) {
        var inflater = new Inflater();
        try {
            inflater.setInput(pdf, from, pdf.length - from);
            var buffer = new byte[BUFFER];
            while (!inflater.finished() && inflater.getBytesWritten() <= most) {
                if (inflater.inflate(buffer) == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException e) {
            // Not deflated, or damaged from here on; the library says which when it opens the file.
            return inflater.getBytesWritten();
        } finally {
            inflater.end();
        }
    }
}
