package org.auspex.language.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.auspex.language.facts.Assertion;
import org.auspex.language.grounding.Verdict.Objection;
import org.auspex.language.grounding.Verdict.Outcome;
import org.auspex.language.text.Span;

/**
 * What is said of a phrase must be said of it where it is cited: negated there and here, or neither; of a relative, or of the
 * patient; to be done, or done. A phrase is what stands between two signs or spaces, so it needs no dictionary.
 */
final class PhraseRule implements Rule {

    private static final String NAME = "phrase";

    private static final Pattern PHRASE = Pattern.compile("[^\\s，,。；;、：:()（）?？!！.\"“”和及或]{2,}");

    /** The last characters of a phrase, which name the thing: 未见胸腔积液 and 胸腔积液. */
    private static final int[] ENDS = {6, 4, 3, 2};

    private final Likeness likeness = new Likeness();

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var objections = new ArrayList<Objection>();
        PHRASE.matcher(claim.folded()).results().forEach(result -> {
            var end = result.end();
            if (claim.isTest(new Span(result.start(), end))) {
                return;
            }
            for (int length : ENDS) {
                var start = Math.max(result.start(), end - length);
                var words = claim.folded().substring(start, end);
                if (saysSomething(words, start, claim.folded())
                        && cited.folded().contains(words)) {
                    check(words, claim.of(new Span(start, end)), cited, objections);
                    return;
                }
            }
        });
        return objections;
    }

    /** The end of a Latin word is no phrase, and "on" is denied by nobody. */
    private boolean saysSomething(String words, int start, String folded) {
        return Likeness.isChinese(words)
                || ((start == 0 || !Character.isLetterOrDigit(folded.charAt(start - 1))) && !likeness.isPlain(words));
    }

    private static void check(String words, Assertion claimed, Reading cited, List<Objection> objections) {
        for (int at = cited.folded().indexOf(words);
                at >= 0;
                at = cited.folded().indexOf(words, at + 1)) {
            if (isAsserted(claimed) == isAsserted(cited.of(new Span(at, at + words.length())))) {
                return;
            }
        }
        objections.add(
                new Objection(NAME, Outcome.CONTRADICTED, "The cited words say the opposite of '%s'".formatted(words)));
    }

    private static boolean isAsserted(Assertion assertion) {
        return assertion != Assertion.NEGATED;
    }
}
