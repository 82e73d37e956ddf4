package org.auspex.language.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private final Recogniser recogniser;
    private final Terms<String> frequencies = new Terms<>();
    private final Sides sides = new Sides();
    private final Quantities quantities = new Quantities();
    private final Assertions assertions = new Assertions();
    private final Sections sections = new Sections();
    private final Sentences sentences = new Sentences();

    public Facts(List<Vocabulary> vocabularies) {
        this(vocabularies, Recogniser.NONE);
    }

    /** @param recogniser for what no vocabulary has; what it finds in their words does not count */
    public Facts(List<Vocabulary> vocabularies, Recogniser recogniser) {
        this.recogniser = recogniser;
        vocabularies.stream().flatMap(Vocabulary::terms).forEach(term -> concepts.add(term.words(), term.concept()));
        Lines.of(Facts.class, "frequencies.tsv").forEach(columns -> frequencies.add(columns[1], columns[0]));
    }

    /** Facts and times of a whole note, section by section. */
    public Mentions of(String text) {
        var folded = Folding.of(text);
        var parts = sections.of(text).stream()
                .flatMap(section -> sentences.of(text, section.body()).stream().map(span -> new Part(section, span)))
                .toList();
        var recognised =
                recogniser.in(parts.stream().map(part -> part.span().in(text)).toList());
        var facts = new ArrayList<Fact>();
        var times = new ArrayList<TimeMention>();
        for (int i = 0; i < parts.size(); i++) {
            var named = named(folded, parts.get(i), recognised.get(i));
            facts.addAll(in(named));
            times.addAll(named.times());
        }
        return new Mentions(facts, times);
    }

    /** A sentence of a section. */
    private record Part(Section section, Span span) {}

    private NamedThings named(String folded, Part part, List<Recogniser.Recognised> recognised) {
        return new NamedThings(
                folded,
                part.section().kind(),
                part.span(),
                concepts(folded, part.span(), recognised),
                assertions.in(folded, part.span()),
                Times.in(folded, part.span()));
    }

    /** By the vocabularies, and where these name nothing as recognised: by its own words, without a code. */
    private List<Terms.Match<Concept>> concepts(String folded, Span sentence, List<Recogniser.Recognised> recognised) {
        var known = concepts.in(folded, sentence);
        var others = recognised.stream()
                .map(thing -> new Terms.Match<>(
                        thing.span().shifted(sentence.start()), List.of(unnamed(folded, sentence, thing))))
                .filter(match -> known.stream().noneMatch(other -> other.span().overlaps(match.span())));
        return Stream.concat(known.stream(), others)
                .sorted(Comparator.comparing(Terms.Match::span))
                .toList();
    }

    private static Concept unnamed(String folded, Span sentence, Recogniser.Recognised thing) {
        var words = thing.span().shifted(sentence.start()).in(folded);
        return new Concept(thing.kind(), "", words, List.of());
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
