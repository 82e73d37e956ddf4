package org.auspex.language.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;
import org.auspex.language.text.Section;
import org.auspex.language.text.Sections;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;

/** Finds what a note says. Thread-safe, and made once: the vocabularies are read when it is made. */
public final class Facts {

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
                var named = named(folded, section, sentence);
                facts.addAll(in(named));
                times.addAll(named.times());
            }
        }
        return new Mentions(facts, times);
    }

    private NamedThings named(String folded, Section section, Span sentence) {
        return new NamedThings(
                folded,
                section.kind(),
                sentence,
                concepts.in(folded, sentence),
                assertions.in(folded, sentence),
                Times.in(folded, sentence));
    }

    private List<Fact> in(NamedThings named) {
        return IntStream.range(0, named.found().size())
                .boxed()
                .flatMap(place -> named.found().get(place).values().stream()
                        .filter(concept -> concept.kind() != FactKind.SITE)
                        .flatMap(concept -> fact(named, place, concept).stream()))
                .toList();
    }

    private Optional<Fact> fact(NamedThings named, int place, Concept concept) {
        var span = named.found().get(place).span();
        var behind = new Span(span.end(), named.next(place));
        var assertion =
                Assertions.within(named.section(), concept.kind(), named.said().of(span));
        var measurement = measurement(named.folded(), concept.kind(), behind);
        if (isBareMeasurement(concept, span, measurement, assertion)) {
            return Optional.empty();
        }
        var clause = named.clause(span);
        return Optional.of(new Fact(
                concept,
                span,
                named.sentence(),
                named.section(),
                assertion,
                sides.nearest(named.folded(), clause, span),
                named.site(clause, span),
                measurement,
                concept.kind() == FactKind.DRUG ? frequency(named.folded(), behind, measurement) : Optional.empty(),
                named.time(clause)));
    }

    private Optional<Measurement> measurement(String folded, FactKind kind, Span behind) {
        return switch (kind) {
            case TEST -> quantities.after(folded, behind.start(), behind.end());
            case DRUG -> quantities.doseAfter(folded, behind.start(), behind.end());
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

    private Optional<String> frequency(String folded, Span behind, Optional<Measurement> dose) {
        var from = dose.map(known -> known.span().end()).orElse(behind.start());
        var window = new Span(from, Math.max(from, Math.min(behind.end(), from + FREQUENCY_WITHIN)));
        return frequencies.in(folded, window).stream()
                .flatMap(match -> match.values().stream())
                .findFirst();
    }
}
