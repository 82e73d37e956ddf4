package org.auspex.language.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.DocumentVersion;
import org.auspex.language.documents.Format;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.summary.Quotation;
import org.auspex.language.summary.Style;
import org.auspex.language.summary.Summaries;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Section;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Sections;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;
import org.junit.jupiter.api.Test;

/** What summaries leave out of what people marked as key, and how far they resemble what the note's author made of it. */
class SummaryMeasuresTest {

    private static final double OMITTED = 0.1;

    private final Summaries summaries = new Summaries(new Facts(List.of(new StarterVocabulary())));

    @Test
    void leavesOutFewKeyFacts() throws IOException {
        System.out.printf("%n| notes | style | key facts | left out | share | length |%n|---|---|---|---|---|---|%n");
        var leftOut = new ArrayList<String>();
        for (var style : Style.values()) {
            Map<String, Counts> counts = new LinkedHashMap<>();
            Map<String, List<Double>> lengths = new LinkedHashMap<>();
            for (var document : Annotated.of("key-facts.tsv")) {
                var name = document.isOurs() ? "Chinese" : "English";
                var quoted = quoted(document.text(), style);
                var missed = document.lines().stream()
                        .map(line -> new Span(Integer.parseInt(line[0]), Integer.parseInt(line[1])))
                        .filter(fact -> quoted.stream().noneMatch(sentence -> sentence.contains(fact)))
                        .toList();
                missed.forEach(fact -> leftOut.add(
                        "%s %s: %s".formatted(style.code(), document.reference(), fact.in(document.text()))));
                var all = document.lines().size();
                counts.computeIfAbsent(name, key -> new Counts()).add(all, all, all - missed.size());
                lengths.computeIfAbsent(name, key -> new ArrayList<>()).add(length(quoted, document.text()));
            }
            counts.forEach((name, count) -> System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %.3f | %.2f |%n",
                    name,
                    style.code(),
                    count.expected(),
                    count.missed(),
                    1 - count.recall(),
                    mean(lengths.getOrDefault(name, List.of()))));
            if (style == Style.FIRST_COURSE_RECORD) {
                leftOut.forEach(fact -> System.out.println("left out: " + fact));
                assertThat(counts.values())
                        .allSatisfy(count -> assertThat(1 - count.recall()).isLessThanOrEqualTo(OMITTED));
            }
        }
    }

    /** The reference is the author's own assessment and plan; both read the note without it, and may use as many words. */
    @Test
    void comparesWithTheFirstSentences() throws IOException {
        Map<String, List<Rouge>> scores = new LinkedHashMap<>();
        for (var document : Annotated.of("sections.tsv")) {
            if (document.isChinese()) {
                continue;
            }
            var sections = new Sections().of(document.text());
            var reference = concluding(sections).stream()
                    .map(section -> section.body().in(document.text()))
                    .collect(Collectors.joining("\n"));
            var rest = document.text().substring(0, start(sections, document.text()));
            var summary = quoted(rest, Style.BRIEF).stream()
                    .map(span -> span.in(rest))
                    .collect(Collectors.joining(" "));
            if (reference.isBlank() || summary.isBlank()) {
                continue;
            }
            scores.computeIfAbsent("summary (brief)", key -> new ArrayList<>()).add(Rouge.of(summary, reference));
            scores.computeIfAbsent("lead-n", key -> new ArrayList<>())
                    .add(Rouge.of(lead(rest, Rouge.words(summary).size()), reference));
        }
        System.out.printf("%n| notes | what | ROUGE-1 | ROUGE-2 | ROUGE-L |%n|---|---|---|---|---|%n");
        scores.forEach((name, each) -> System.out.printf(
                Locale.ROOT,
                "| %d | %s | %.3f | %.3f | %.3f |%n",
                each.size(),
                name,
                mean(each.stream().map(Rouge::one).toList()),
                mean(each.stream().map(Rouge::two).toList()),
                mean(each.stream().map(Rouge::longest).toList())));
        assertThat(scores.values()).allSatisfy(each -> assertThat(each).isNotEmpty());
    }

    private List<Span> quoted(String text, Style style) {
        var document = new DocumentText(
                new DocumentVersion("DocumentReference/1/_history/1", 0), Format.PLAIN, text, List.of(), List.of());
        return summaries.of(document, style, Tongue.EN).quotations().stream()
                .map(Quotation::source)
                .distinct()
                .sorted()
                .toList();
    }

    private static double length(List<Span> quoted, String text) {
        return (double) quoted.stream().mapToInt(Span::length).sum() / text.length();
    }

    private static List<Section> concluding(List<Section> sections) {
        return sections.stream()
                .filter(section -> section.kind() == SectionKind.ASSESSMENT
                        || section.kind() == SectionKind.ASSESSMENT_AND_PLAN
                        || section.kind() == SectionKind.IMPRESSION
                        || section.kind() == SectionKind.PLAN)
                .toList();
    }

    private static int start(List<Section> sections, String text) {
        return concluding(sections).stream()
                .mapToInt(section -> section.heading().start())
                .min()
                .orElse(text.length());
    }

    private static String lead(String text, int words) {
        var lead = new StringBuilder();
        for (var sentence : new Sentences().of(text, new Span(0, text.length()))) {
            if (Rouge.words(lead.toString()).size() >= words) {
                break;
            }
            lead.append(sentence.in(text)).append(' ');
        }
        return lead.toString();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
