package org.auspex.language.grounding;

import java.util.List;
import org.auspex.language.facts.Assertions;
import org.auspex.language.facts.Facts;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;

/**
 * Checks a sentence against the words that it cites, by rules for numbers, units, dates, drugs, doses, sides and negation, and for words that are
 * not cited at all. Who did what to whom is not looked at, so it is no proof of entailment.
 */
public final class Grounding implements Check {

    private final Facts facts;
    private final Assertions assertions = new Assertions();
    private final Sentences sentences = new Sentences();
    private final List<Rule> rules =
            List.of(new NumberRule(), new ValueRule(), new SideRule(), new PhraseRule(), new WordRule());

    public Grounding(Facts facts) {
        this.facts = facts;
    }

    @Override
    public Verdict check(String claim, String cited) {
        var claimed = reading(claim);
        var known = reading(cited);
        return Verdict.of(rules.stream()
                .flatMap(rule -> rule.objections(claimed, known).stream())
                .toList());
    }

    private Reading reading(String text) {
        return new Reading(
                Folding.of(text), sentences.of(text, new Span(0, text.length())), facts.of(text), assertions);
    }
}
