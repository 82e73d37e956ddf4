package org.auspex.language.consult;

import org.auspex.language.text.Span;

/** What a sentence of an answer rests on. */
public sealed interface Source {

    /** Where it stands, in one line. */
    String place();

    /**
     * An element of a resource of the record.
     *
     * @param reference {@code Observation/1/_history/2}
     * @param element {@code Observation.value}
     */
    record Element(String reference, String element) implements Source {
        @Override
        public String place() {
            return "%s, %s".formatted(reference, element);
        }
    }

    /**
     * Words of a note in the record.
     *
     * @param reference {@code DocumentReference/1/_history/2}
     * @param attachment its place among the attachments, from 0
     * @param sha256 of the attachment's text
     */
    record Note(String reference, int attachment, Span span, String sha256) implements Source {
        @Override
        public String place() {
            return "%s at %d to %d".formatted(reference, span.start(), span.end());
        }
    }

    /**
     * Words of a knowledge document.
     *
     * @param document path below the knowledge folder
     * @param section heading they stand under; empty before the first
     * @param sha256 of the document's text
     */
    record Knowledge(String document, String title, String section, Span span, String sha256) implements Source {
        @Override
        public String place() {
            return "%s at %d to %d".formatted(document, span.start(), span.end());
        }
    }
}
