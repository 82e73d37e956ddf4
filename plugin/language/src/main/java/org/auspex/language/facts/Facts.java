package org.auspex.language.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;
import org.auspex.language.text.Section;
import org.auspex.language.text.Sections;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;

/** Finds what a note says. Thread-safe, and made once: the vocabularies are read when it is made. */
public final class Facts {

    private static final String ENDS_OF_CLAUSES = "，,；;。\n";

    /** How far behind a dose its frequency may stand, in characters. */
    private static final int FREQUENCY_WITHIN = 24;

    private final Terms<Concept> concepts = new Terms<>();
    private final Terms<String> frequencies = new Terms<>();
    private final Sides sides = new Sides();
    private final Quantities quantities = new Quantities();
    private final Assertions assertions = new Assertions();
    private final Sections sections = new Sections();
    private final Sentences sentences = new Sentences();

    public Facts(List<Vocabulary> vocabularies) {
        vocabularies.stream().flatMap(Vocabulary::terms).forEach(term -> concepts.add(term.words(), term.concept()));
        Lines.of(Facts.class, "frequencies.tsv").forEach(columns -> frequencies.add(columns[1], columns[0]));
    }

    /** Facts and times of a whole note, section by section. */
    public Mentions of(String text) {
        var folded = Folding.of(text);
        var facts = new ArrayList<Fact>();
        var times = new ArrayList<TimeMention>();
        for (var section : sections.of(text)) {
            for (var sentence : sentences.of(text, section.body())) {
                facts.addAll(in(folded, section, sentence));
                times.addAll(Times.in(folded, sentence));
            }
        }
        return new Mentions(facts, times);
    }

    private List<Fact> in(String folded, Section section, Span sentence) {
        var found = concepts.in(folded, sentence);
        var said = assertions.in(folded, sentence);
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < found.size(); i++) {
            var end = i + 1 < found.size() ? found.get(i + 1).span().start() : sentence.end();
            var match = found.get(i);
            for (var concept : match.values()) {
                if (concept.kind() != FactKind.SITE) {
                    fact(folded, section, sentence, found, concept, match.span(), end, said)
                            .ifPresent(facts::add);
                }
            }
        }
        return facts;
    }

    private Optional<Fact> fact(
            String folded,
            Section section,
            Span sentence,
            List<Terms.Match<Concept>> found,
            Concept concept,
            Span span,
            int end,
            Assertions.Sentence said) {
        var assertion = Assertions.within(section.kind(), concept.kind(), said.of(span));
        var measurement = measurement(folded, concept.kind(), span.end(), end);
        if (isBareMeasurement(concept, span, measurement, assertion)) {
            return Optional.empty();
        }
        var clause = clause(folded, sentence, span);
        return Optional.of(new Fact(
                concept,
                span,
                sentence,
                section.kind(),
                assertion,
                sides.nearest(folded, clause, span),
                site(found, clause, span),
                measurement,
                concept.kind() == FactKind.DRUG ? frequency(folded, span, measurement, end) : Optional.empty()));
    }

    private Optional<Measurement> measurement(String folded, FactKind kind, int from, int end) {
        return switch (kind) {
            case TEST -> quantities.after(folded, from, end);
            case DRUG -> quantities.doseAfter(folded, from, end);
            default -> Optional.empty();
        };
    }

    /** "Breathing" without a rate, or the letter T, names no measurement. */
    private static boolean isBareMeasurement(
            Concept concept, Span span, Optional<Measurement> measurement, Assertion assertion) {
        return concept.kind() == FactKind.TEST
                && measurement.isEmpty()
                && (span.length() == 1 || (!concept.codes().isEmpty() && assertion != Assertion.PLANNED));
    }

    private Optional<String> frequency(String folded, Span span, Optional<Measurement> dose, int end) {
        var from = dose.map(known -> known.span().end()).orElse(span.end());
        var window = new Span(from, Math.max(from, Math.min(end, from + FREQUENCY_WITHIN)));
        return frequencies.in(folded, window).stream()
                .flatMap(match -> match.values().stream())
                .findFirst();
    }

    private static Optional<Concept> site(List<Terms.Match<Concept>> found, Span clause, Span span) {
        return found.stream()
                .filter(match -> clause.contains(match.span()))
                .filter(match -> match.values().get(0).kind() == FactKind.SITE)
                .min(Comparator.comparingInt(match -> distance(match.span(), span)))
                .map(match -> match.values().get(0));
    }

    static int distance(Span one, Span other) {
        return Math.max(0, Math.max(one.start() - other.end(), other.start() - one.end()));
    }

    private static Span clause(String folded, Span sentence, Span span) {
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
}
