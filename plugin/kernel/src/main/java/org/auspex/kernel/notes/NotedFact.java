package org.auspex.kernel.notes;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/**
 * One thing that a document names, where it names it.
 *
 * @param name of the concept in the vocabulary; empty if none has it
 * @param display of the concept; its words if no vocabulary has it
 * @param codes of the concept; may be empty
 * @param amount the value of a test, or the dose of a drug
 * @param side {@code left}, {@code right} or {@code both}
 * @param site the display of a part of the body
 * @param time a date of ISO 8601, whole or partial, or a length of time before the document ({@code -P3D})
 */
public record NotedFact(
        Kind kind,
        String name,
        String display,
        List<Code> codes,
        Said said,
        Optional<Amount> amount,
        Optional<String> side,
        Optional<String> site,
        Optional<String> time,
        Words words) {

    public NotedFact {
        codes = List.copyOf(codes);
    }

    /** What kind of thing it is. */
    public enum Kind {
        PROBLEM,
        FINDING,
        DRUG,
        TEST,
        PROCEDURE,
        /** Words where one of these is expected, which no vocabulary has. */
        UNKNOWN
    }

    /** What the document says of it. */
    public enum Said {
        PRESENT,
        NEGATED,
        HISTORICAL,
        UNCERTAIN,
        /** A relative's, or named in the history of the family. */
        FAMILY,
        PLANNED
    }

    /**
     * Words of the document.
     *
     * @param start offset of the first, in UTF-16 code units of the text
     * @param end offset after the last
     */
    public record Words(String text, int start, int end) {}

    /** Whether a card that names this, a name of the vocabulary or {@code system|code}, means it. */
    boolean isCalled(String named) {
        return name.equals(named) || codes.stream().map(Code::toString).anyMatch(named::equals);
    }
}
