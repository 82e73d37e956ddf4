package org.auspex.language.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.kernel.model.CardRefused;
import org.auspex.language.facts.Assertion;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.GeneralVocabulary;
import org.auspex.language.facts.Recogniser;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.text.Span;
import org.junit.jupiter.api.Test;

/**
 * Precision and recall of facts, and of those found the share whose assertion is right. What people annotated counts whether or not
 * the vocabulary has a word for it.
 */
class FactMeasuresTest {

    private static final Vocabulary STARTER = new StarterVocabulary();

    @Test
    void findsTheAnnotatedFacts() throws IOException {
        measure("vocabulary.tsv", List.of(STARTER), Recogniser.NONE, 0.8);
    }

    @Test
    void findsMoreOfThemWithMoreWords() throws IOException {
        measure("vocabulary.tsv and general.tsv", List.of(STARTER, new GeneralVocabulary()), Recogniser.NONE, 0.8);
    }

    /** What the network finds counts where it is at annotated words, for it gives no concept. */
    @Test
    void findsMoreOfThemWithANetwork() throws IOException, CardRefused {
        try (var networks = new TextNetworks("note-entities")) {
            measure(
                    "vocabulary.tsv, general.tsv and note-entities",
                    List.of(STARTER, new GeneralVocabulary()),
                    networks.recogniser("note-entities"),
                    0.6);
        }
    }

    private static void measure(
            String words, List<Vocabulary> vocabularies, Recogniser recogniser, double leastPrecision)
            throws IOException {
        var facts = new Facts(vocabularies, recogniser);
        var names = vocabularies.stream()
                .flatMap(Vocabulary::terms)
                .map(term -> term.concept().name())
                .collect(Collectors.toSet());
        Map<String, Counts> counts = new LinkedHashMap<>();
        Map<String, Counts> known = new LinkedHashMap<>();
        Map<String, Counts> asserted = new LinkedHashMap<>();
        var sentences = 0;
        for (var document : Annotated.of("facts.tsv")) {
            var part = new Span(Integer.parseInt(document.document()[3]), Integer.parseInt(document.document()[4]));
            var found = new ArrayList<>(facts.of(document.text()).facts().stream()
                    .filter(fact -> part.contains(fact.span()))
                    .toList());
            sentences += (int) new org.auspex.language.text.Sentences()
                    .of(document.text(), part)
                    .size();
            var name = document.isOurs()
                    ? "Chinese notes, written here"
                    : document.isChinese() ? "Chinese, patients' words" : "English notes and reports";
            var foundCount = found.size();
            var right = 0;
            var rightlyAsserted = 0;
            for (var line : document.lines()) {
                var match = found.stream().filter(fact -> isMeant(fact, line)).findFirst();
                if (match.isPresent()) {
                    found.remove(match.get());
                    right++;
                    rightlyAsserted += match.get().assertion() == assertion(line) ? 1 : 0;
                }
            }
            if (Boolean.getBoolean("auspex.measures.show")) {
                show(document, found);
            }
            var named = (int) document.lines().stream()
                    .filter(line -> names.contains(line[1]))
                    .count();
            counts.computeIfAbsent(name, key -> new Counts())
                    .add(document.lines().size(), foundCount, right);
            known.computeIfAbsent(name, key -> new Counts()).add(named, foundCount, right);
            asserted.computeIfAbsent(name, key -> new Counts()).add(right, right, rightlyAsserted);
        }

        System.out.printf("%n%s: %d sentences%n%s%n", words, sentences, Counts.head());
        counts.forEach((name, count) -> System.out.println(count.row(name)));
        known.forEach((name, count) -> System.out.println(count.row(name + ", of what the vocabulary names")));
        asserted.forEach((name, count) -> System.out.println(count.row(name + ", assertion of those found")));
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count.precision()).isGreaterThan(leastPrecision));
        assertThat(asserted.values())
                .allSatisfy(count -> assertThat(count.precision()).isGreaterThan(0.8));
    }

    /** What was found and not annotated so, for whoever annotates: where, and by which concept. */
    private static void show(Annotated document, List<Fact> found) {
        found.forEach(fact -> System.out.printf(
                "%s\t%d\t%d\t%s\t%s%n",
                document.reference(),
                fact.span().start(),
                fact.span().end(),
                fact.concept().name(),
                document.lines().stream()
                        .filter(line -> line[1].equals("-")
                                && fact.span().overlaps(new Span(Integer.parseInt(line[3]), Integer.parseInt(line[4]))))
                        .map(line -> "annotated without a name")
                        .findFirst()
                        .orElse("not annotated")));
    }

    private static boolean isMeant(Fact fact, String[] line) {
        return (fact.concept().name().equals(line[1]) || fact.concept().name().isEmpty())
                && fact.span().overlaps(new Span(Integer.parseInt(line[3]), Integer.parseInt(line[4])));
    }

    private static Assertion assertion(String[] line) {
        return Assertion.valueOf(line[0].toUpperCase(Locale.ROOT));
    }
}
