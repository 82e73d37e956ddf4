package org.auspex.language.documents;

/** Where a passage of a text stands in the attachment. */
public sealed interface Place {

    /**
     * A page of a PDF.
     *
     * @param number from 1
     */
    record Page(int number) implements Place {}

    /**
     * Characters of a marked-up source, after decoding.
     *
     * @param start offset of the first, in UTF-16 code units
     * @param end offset after the last
     */
    record Source(int start, int end) implements Place {}
}
