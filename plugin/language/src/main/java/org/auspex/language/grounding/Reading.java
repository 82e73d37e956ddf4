package org.auspex.language.grounding;

import java.util.List;
import org.auspex.language.facts.Assertion;
import org.auspex.language.facts.Assertions;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.Mentions;
import org.auspex.language.text.Span;

/** A text as the rules see it: folded, its sentences, and what is named in it. */
record Reading(String folded, List<Span> sentences, Mentions mentions, Assertions assertions) {

    List<Fact> facts() {
        return mentions.facts();
    }

    /** What is asserted of words that stand at {@code span}. */
    Assertion of(Span span) {
        return sentences.stream()
                .filter(sentence -> sentence.contains(span))
                .findFirst()
                .map(sentence -> assertions.in(folded, sentence).of(span))
                .orElse(Assertion.PRESENT);
    }
}
