package org.auspex.language.documents;

import org.auspex.language.documents.DocumentRefused.Reason;

/**
 * How much of one document is read. What is beyond is refused, never cut.
 *
 * @param bytes of an attachment
 * @param characters of the text that it becomes, in UTF-16 code units
 * @param pages of a PDF
 * @param depth of elements or groups in each other
 * @param unpackedBytes of all compressed streams of a PDF together
 */
public record Limits(int bytes, int characters, int pages, int depth, long unpackedBytes) {

    public static final Limits USUAL = new Limits(16 << 20, 2 << 20, 500, 200, 256L << 20);

    void checkBytes(long given) {
        if (given > bytes) {
            throw new DocumentRefused(
                    Reason.TOO_LARGE,
                    "The attachment has %d bytes; at most %d are read. Split it".formatted(given, bytes));
        }
    }

    void checkCharacters(int given) {
        if (given > characters) {
            throw new DocumentRefused(
                    Reason.TOO_LARGE,
                    "The text is longer than %d characters. Split the document".formatted(characters));
        }
    }

    void checkPages(int given) {
        if (given > pages) {
            throw new DocumentRefused(
                    Reason.TOO_LARGE, "The PDF has %d pages; at most %d are read. Split it".formatted(given, pages));
        }
    }

    void checkDepth(int given) {
        if (given > depth) {
            throw new DocumentRefused(
                    Reason.TOO_DEEP,
                    "Elements are nested more than %d deep. Send the document as plain text".formatted(depth));
        }
    }
}
