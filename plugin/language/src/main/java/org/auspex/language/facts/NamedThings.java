package org.auspex.language.facts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Span;

/**
 * What one sentence names, before it is known what is said of it.
 *
 * @param found in the order of the words
 * @param said the sentence with its cues
 * @param times that it gives
 */
record NamedThings(
        String folded,
        SectionKind section,
        Span sentence,
        List<Terms.Match<Concept>> found,
        Assertions.Sentence said,
        List<TimeMention> times) {

    private static final String ENDS_OF_CLAUSES = "，,；;。\n";

    /** Where the next thing begins, or the sentence ends. */
    int next(int place) {
        return place + 1 < found.size() ? found.get(place + 1).span().start() : sentence.end();
    }

    /** The clause around {@code span}. */
    Span clause(Span span) {
        var start = span.start();
        while (start > sentence.start() && ENDS_OF_CLAUSES.indexOf(folded.charAt(start - 1)) < 0) {
            start--;
        }
        var end = span.end();
        while (end < sentence.end() && ENDS_OF_CLAUSES.indexOf(folded.charAt(end)) < 0) {
            end++;
        }
        return new Span(start, end);
    }

    /** The part of the body that the clause names nearest to {@code span}. */
    Optional<Concept> site(Span clause, Span span) {
        return found.stream()
                .filter(match -> clause.contains(match.span()))
                .filter(match -> match.values().get(0).kind() == FactKind.SITE)
                .min(Comparator.comparingInt(match -> match.span().distance(span)))
                .map(match -> match.values().get(0));
    }

    /** The time that a clause gives; of several nobody knows which is meant. */
    Optional<TimeMention> time(Span clause) {
        var within = times.stream().filter(time -> clause.contains(time.span())).toList();
        return within.size() == 1 ? Optional.of(within.get(0)) : Optional.empty();
    }
}
