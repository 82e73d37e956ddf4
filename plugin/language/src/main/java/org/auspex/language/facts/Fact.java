package org.auspex.language.facts;

import java.util.Optional;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Span;

/**
 * One thing that a note names.
 *
 * @param span of the words that name it
 * @param sentence that they stand in
 * @param side that the same clause gives
 * @param site a part of the body that the same clause names
 * @param measurement the value of a test, or the dose of a drug
 * @param frequency of a drug: a code of HL7's GTSAbbreviation, or PRN
 * @param time that the same clause gives, if it gives exactly one
 */
public record Fact(
        Concept concept,
        Span span,
        Span sentence,
        SectionKind section,
        Assertion assertion,
        Optional<Side> side,
        Optional<Concept> site,
        Optional<Measurement> measurement,
        Optional<String> frequency,
        Optional<TimeMention> time) {

    public FactKind kind() {
        return concept.kind();
    }
}
