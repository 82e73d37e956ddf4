package org.auspex.kernel.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a document states of one thing that it names. What is a relative's, suspected or only planned is no statement about the
 * patient.
 *
 * @param concepts the names of the thing: that of the vocabulary, and its codes as {@code system|code}
 * @param measured the value of a test; empty where none is written
 * @param quote the words, and where they stand: {@code "cough" at 12 to 17}
 */
public record Statement(List<String> concepts, Claim claim, Optional<Measured> measured, String quote) {

    public Statement {
        concepts = List.copyOf(concepts);
    }

    /** Whether the patient has it. */
    public enum Claim {
        PRESENT,
        ABSENT,
        /** It is over, or named as history. */
        PAST
    }

    /**
     * A value as the document gives it.
     *
     * @param comparator {@code <}, {@code <=}, {@code >=}, {@code >} or empty
     * @param unit the UCUM code; empty when none is written, or one that is not known
     */
    public record Measured(BigDecimal number, String comparator, Optional<String> unit) {}
}
