package org.auspex.language.facts;

import java.util.Arrays;
import java.util.List;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Span;

/**
 * Tells whether a thing that a sentence names is present, negated, uncertain, historical, planned or a relative's: by cues before and
 * after it ({@code cues.tsv}), in the manner of NegEx (Chapman and others, 2001) and ConText (Harkema and others, 2009).
 */
public final class Assertions {

    private static final String ENDS_OF_CLAUSES = "，,";
    private static final String ENDS_OF_PARTS = ";；\n";

    private final Terms<Cue> cues = new Terms<>();

    public Assertions() {
        for (var columns : Lines.of(Assertions.class, "cues.tsv")) {
            cues.add(columns[3], Cue.of(columns[0], columns[1], columns[2]));
        }
    }

    /** The sentence's cues, found once for all things that it names. */
    public Sentence in(String text, Span sentence) {
        var folded = Folding.of(text);
        return new Sentence(folded, cues.in(folded, sentence));
    }

    /** What a section says by itself of things that its sentences plainly name. */
    static Assertion within(SectionKind section, FactKind kind, Assertion said) {
        if (said != Assertion.PRESENT) {
            return said;
        }
        return switch (section) {
            case FAMILY_HISTORY -> Assertion.FAMILY;
            case PAST_HISTORY, PROCEDURES, OBSTETRIC_HISTORY -> kind == FactKind.DRUG ? said : Assertion.HISTORICAL;
            case PLAN, INSTRUCTIONS ->
                kind == FactKind.TEST || kind == FactKind.DRUG || kind == FactKind.PROCEDURE ? Assertion.PLANNED : said;
            default -> said;
        };
    }

    /** A sentence with its cues. */
    public static final class Sentence {

        private final String folded;
        private final List<Terms.Match<Cue>> found;

        private Sentence(String folded, List<Terms.Match<Cue>> found) {
            this.folded = folded;
            this.found = found;
        }

        public Assertion of(Span target) {
            return Arrays.stream(Assertion.values())
                    .filter(assertion -> found.stream().anyMatch(match -> says(match, assertion, target)))
                    .findFirst()
                    .orElse(Assertion.PRESENT);
        }

        private boolean says(Terms.Match<Cue> match, Assertion assertion, Span target) {
            return !match.span().overlaps(target)
                    && match.values().stream()
                            .filter(cue ->
                                    cue.effect().filter(assertion::equals).isPresent())
                            .anyMatch(cue -> reaches(cue, match.span(), assertion, target));
        }

        private boolean reaches(Cue cue, Span at, Assertion assertion, Span target) {
            var follows = at.end() <= target.start();
            if (follows ? !cue.before() : !cue.after()) {
                return false;
            }
            var between = follows ? new Span(at.end(), target.start()) : new Span(target.end(), at.start());
            return !crosses(between, ENDS_OF_PARTS)
                    && (cue.wholeSentence() || !crosses(between, ENDS_OF_CLAUSES))
                    && found.stream()
                            .filter(other -> between.contains(other.span()))
                            .flatMap(other -> other.values().stream())
                            .noneMatch(other -> other.stops(assertion));
        }

        private boolean crosses(Span between, String signs) {
            for (int i = between.start(); i < between.end(); i++) {
                if (signs.indexOf(folded.charAt(i)) >= 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
