package org.auspex.language.grounding;

import java.util.List;
import java.util.regex.Pattern;
import org.auspex.language.facts.Assertion;
import org.auspex.language.facts.Assertions;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.FactKind;
import org.auspex.language.facts.Mentions;
import org.auspex.language.text.Span;

/** A text as the rules see it: folded, its sentences, and what is named in it. */
record Reading(String folded, List<Span> sentences, Mentions mentions, Assertions assertions) {

    private static final Pattern UNDONE = Pattern.compile(
            "(?:\\b(?:no|not|without|never|denies)(?: (?!on\\b|in\\b|by\\b|from\\b|at\\b)[a-z]+){0,2} |[未无没](?:有|行|做|查|进行|复查)?[^，,。；;、：:]{0,2})$");

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

    /** Whether a span is of the name of a test, of which nothing is denied but that it was made. */
    boolean isTest(Span span) {
        return facts().stream()
                .anyMatch(fact -> fact.kind() == FactKind.TEST && fact.span().overlaps(span));
    }

    /** Whether a thing is denied; a test only by a word right before it: in "no effusion on the radiograph" it is not. */
    boolean isDenied(Fact fact) {
        if (fact.kind() != FactKind.TEST) {
            return fact.assertion() == Assertion.NEGATED;
        }
        var before = folded.substring(fact.sentence().start(), fact.span().start());
        return UNDONE.matcher(before).find();
    }
}
