package org.auspex.kernel.notes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of a document and everything it names, in the order of its words.
 *
 * @param reference the version, {@code DocumentReference/1/_history/2}
 * @param attachment place of the attachment that was read, from 0
 * @param sha256 of the text in UTF-8, in hexadecimal digits
 * @param written when the document was; empty if it does not say
 */
public record ReadNote(
        String reference, int attachment, String sha256, Optional<Instant> written, List<NotedFact> facts) {

    public ReadNote {
        facts = List.copyOf(facts);
    }

    /** The same as of a time, under the name by which evidence is cited. */
    public ReadNote at(Optional<Instant> time, String cited) {
        return new ReadNote(cited, attachment, sha256, time, facts);
    }
}
