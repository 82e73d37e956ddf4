package org.auspex.language.facts;

import java.util.List;
import org.auspex.terminology.Code;

/**
 * What words of a dictionary mean, or what a recogniser found that none has.
 *
 * @param name the same in every language: a code, or words with hyphens; empty if no dictionary has it
 * @param display the first of its words
 * @param codes in code systems; may be empty
 */
public record Concept(FactKind kind, String name, String display, List<Code> codes) {

    public Concept {
        codes = List.copyOf(codes);
    }
}
