package org.auspex.language.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Section;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Sections;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;

/**
 * Clauses in which a note must name something, and no vocabulary knows it: all of a list of diagnoses, and those that give a laboratory
 * value. What is not known elsewhere cannot be told from ordinary words.
 */
public final class UnknownTerms {

    private static final Set<SectionKind> OF_DIAGNOSES = Set.of(SectionKind.DIAGNOSIS);

    /** Behind it "kg" is a weight and "cm" a size; a unit of two, or a share, is of a measurement. */
    private static final Pattern LABORATORY =
            Pattern.compile("\\d\\s*(?:%|(?:[a-zµμ×*^0-9⁹¹²]{1,8}|克|毫克|微克)/(?:[a-zµμ]{1,3}\\b|[升次分]))");

    /** Signs, and the numbers of a list that stands on one line. */
    private static final Pattern BETWEEN = Pattern.compile("[，,；;。、\\n]|(?<=\\s)(?=\\d{1,2}[.)）]\\D)");

    private static final Pattern NUMBERING = Pattern.compile("^\\s*(?:\\(?\\d{1,2}[.)、）]|[-•*])\\s*");
    private static final Pattern WORD = Pattern.compile("[\\p{IsHan}]{2,}|[a-z]{3,}");
    private static final int LONGEST = 80;

    private final Sections sections = new Sections();
    private final Sentences sentences = new Sentences();

    /** Where such clauses stand, in their order. */
    public List<Span> in(String text, List<Fact> facts) {
        var folded = Folding.of(text);
        var named = new HashSet<Integer>();
        facts.stream().flatMap(UnknownTerms::spans).forEach(span -> {
            for (int at = span.start(); at < span.end(); at++) {
                named.add(at);
            }
        });
        var unknown = new ArrayList<Span>();
        for (var section : sections.of(text)) {
            for (var sentence : sentences.of(text, section.body())) {
                clauses(folded, sentence)
                        .filter(clause -> isExpected(folded, section, clause))
                        .filter(clause -> clause.length() <= LONGEST)
                        .filter(clause -> isNew(clause, named))
                        .forEach(unknown::add);
            }
        }
        return List.copyOf(unknown);
    }

    private static Stream<Span> spans(Fact fact) {
        return Stream.concat(Stream.of(fact.span()), fact.measurement().map(Measurement::span).stream());
    }

    private static Stream<Span> clauses(String folded, Span sentence) {
        var clauses = Stream.<Span>builder();
        var between =
                BETWEEN.matcher(folded).region(sentence.start(), sentence.end()).useTransparentBounds(true);
        var start = sentence.start();
        while (between.find()) {
            clauses.add(clause(folded, start, between.start()));
            start = between.end();
        }
        return clauses.add(clause(folded, start, sentence.end())).build();
    }

    private static Span clause(String folded, int start, int end) {
        var ended = end > start && folded.charAt(end - 1) == '.' ? end - 1 : end;
        return withoutNumber(folded, Span.stripped(folded, start, ended));
    }

    private static Span withoutNumber(String folded, Span clause) {
        var matcher = NUMBERING.matcher(clause.in(folded));
        return matcher.find() ? new Span(clause.start() + matcher.end(), clause.end()) : clause;
    }

    private static boolean isExpected(String folded, Section section, Span clause) {
        var words = clause.in(folded);
        return WORD.matcher(words).find()
                && (OF_DIAGNOSES.contains(section.kind())
                        || LABORATORY.matcher(words).find());
    }

    private static boolean isNew(Span clause, Set<Integer> named) {
        for (int at = clause.start(); at < clause.end(); at++) {
            if (named.contains(at)) {
                return false;
            }
        }
        return !clause.isEmpty();
    }
}
