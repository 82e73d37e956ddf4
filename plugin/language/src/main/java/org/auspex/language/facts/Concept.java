package org.auspex.language.facts;

import java.util.List;
import org.auspex.terminology.Code;

/**
 * What words of a dictionary mean.
 *
 * @param name the same in every language: a code, or words with hyphens
 * @param display the first of its words
 * @param codes in code systems; may be empty
 */
public record Concept(FactKind kind, String name, String display, List<Code> codes) {

    public Concept {
        codes = List.copyOf(codes);
    }
}
