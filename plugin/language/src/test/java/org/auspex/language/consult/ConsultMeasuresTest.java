package org.auspex.language.consult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.kernel.evaluation.Proportion;
import org.auspex.kernel.model.CardRefused;
import org.auspex.language.measures.TextNetworks;
import org.auspex.language.prose.QuotedProse;
import org.auspex.language.retrieval.Analysis;
import org.auspex.language.retrieval.Embedder;
import org.auspex.language.retrieval.Found;
import org.auspex.language.retrieval.KnowledgeFolder;
import org.auspex.language.retrieval.KnowledgeIndex;
import org.auspex.language.summary.Tongue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often urgent questions are escalated and others not, and how often questions are answered, rightly or wrongly. */
class ConsultMeasuresTest {

    private static final Path URGENCY = Path.of("../../testdata/questions/urgency.tsv");
    private static final Path QUESTIONS = Path.of("../../../shared/data/patient-questions");
    private static final Pattern FOCUS = Pattern.compile("<Focus>(.*?)</Focus>");
    private static final Pattern PAIR =
            Pattern.compile("<Question[^>]*>(.*?)</Question>\\s*<Answer>(.*?)</Answer>", Pattern.DOTALL);

    private static final List<Double> COVERAGES = List.of(0.6, 0.8, 0.9, 1.0);
    private static final List<Double> ABOUTS = List.of(0.0, 0.2, 0.3, 0.4, 0.5);

    private static final String HEAD =
            "\n| half | coverage, about | questions | answered | from the right document, of the answered | the own answer among what is quoted, of the answered | declined when its document is away |\n|---|---|---|---|---|---|---|";

    private static final Threshold CHOSEN = new Threshold(KnowledgeSearch.COVERAGE, KnowledgeSearch.ABOUT);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void escalatesWhatIsUrgent() throws IOException {
        var lines = Files.readAllLines(URGENCY).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .toList();

        System.out.println(
                "\n| half | language | urgent | escalated (sensitivity) | others | left alone (specificity) |\n|---|---|---|---|---|---|");
        for (var half : List.of("dev", "test")) {
            for (var language : List.of("en", "zh", "")) {
                print(
                        half,
                        language,
                        lines.stream()
                                .filter(line -> line[0].equals(half) && line[1].startsWith(language))
                                .toList());
            }
        }
        var rows = lines.stream().filter(line -> line[0].equals("test")).toList();
        assertThat(share(rows, true)).isGreaterThan(0.8);
        assertThat(share(rows, false)).isGreaterThan(0.8);
    }

    private static void print(String half, String language, List<String[]> rows) {
        var urgent = rows.stream().filter(row -> !row[2].equals("none")).toList();
        var others = rows.stream().filter(row -> row[2].equals("none")).toList();
        System.out.printf(
                "| %s | %s | %d | %s | %d | %s |%n",
                half,
                language.isEmpty() ? "both" : language,
                urgent.size(),
                rate(urgent.stream().filter(ConsultMeasuresTest::isRight).count(), urgent.size()),
                others.size(),
                rate(others.stream().filter(ConsultMeasuresTest::isRight).count(), others.size()));
        // The untouched half is not looked at, only counted.
        if (half.equals("dev")) {
            rows.stream()
                    .filter(row -> !isRight(row) && !language.isEmpty())
                    .forEach(row -> System.out.println("WRONG " + String.join(" | ", row)));
        }
    }

    private static double share(List<String[]> rows, boolean urgent) {
        return rows.stream()
                .filter(row -> urgent != row[2].equals("none"))
                .mapToInt(row -> isRight(row) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static boolean isRight(String[] row) {
        return new UrgentSigns().of(row[3]).map(Urgency::advice).orElse("none").equals(row[2]);
    }

    /** A question of a patient, the document that answers it, and the part of it that does. */
    private record Asks(String question, String document, String answer) {}

    /**
     * Public questions: each document is a topic with the answers to its questions, without the questions. They are asked where the document is there, and where it
     * was taken away and nothing can be right.
     */
    @Test
    void answersWhereASourceIsThereAndDeclinesWhereNoneIs() throws IOException, CardRefused {
        assumeTrue(Files.isDirectory(QUESTIONS), "SKIPPED: shared/data/patient-questions is absent");
        var all = new ArrayList<Asks>();
        try (var files = Files.list(QUESTIONS)) {
            for (var file : files.filter(name -> name.toString().endsWith(".xml"))
                    .sorted()
                    .toList()) {
                all.addAll(asked(file));
            }
        }
        var words = measured(all, Optional.empty());
        System.out.println(HEAD);
        words.print("dev", new Threshold(0, 0), "");
        for (var coverage : COVERAGES) {
            for (var about : ABOUTS) {
                words.print("dev", new Threshold(coverage, about), "");
            }
        }
        words.print("test", new Threshold(0, 0), "");
        words.print("test", CHOSEN, "");
        assertThat(all).hasSizeGreaterThan(500);
        var answered = words.there().stream()
                .filter(outcome -> outcome.isAnswered(CHOSEN))
                .count();
        assertThat(answered).isGreaterThan(all.size() / 2);
        try (var networks = new TextNetworks("passage-embedding")) {
            measured(all, Optional.of(remembering(networks.embedder("passage-embedding"))))
                    .print("test", CHOSEN, ", with vectors");
        }
    }

    /** Asks for each text once, though its document is taken away and put back. */
    private static Embedder remembering(Embedder embedder) {
        var known = new HashMap<String, float[]>();
        return texts -> {
            var asked = texts.stream()
                    .filter(text -> !known.containsKey(text))
                    .distinct()
                    .toList();
            var vectors = asked.isEmpty() ? List.<float[]>of() : embedder.vectors(asked);
            for (int i = 0; i < asked.size(); i++) {
                known.put(asked.get(i), vectors.get(i));
            }
            return texts.stream().map(known::get).toList();
        };
    }

    /** What all questions find where their document is there, and where it was taken away. */
    private record Measured(List<Outcome> there, List<Outcome> away) {

        void print(String half, Threshold threshold, String rule) {
            ConsultMeasuresTest.print(half, threshold, rule, there, away);
        }
    }

    private Measured measured(List<Asks> all, Optional<Embedder> embedder) throws IOException {
        var analysis = new Analysis();
        try (var index = new KnowledgeIndex(analysis, embedder);
                var knowledge = new KnowledgeFolder(folder, 20_000_000, index)) {
            knowledge.scan();
            var there = all.stream().map(asks -> outcome(asks, index, analysis)).toList();
            var away = new ArrayList<Outcome>();
            for (var document : all.stream().map(Asks::document).distinct().toList()) {
                var aside = folder.resolveSibling(folder.getFileName() + "-" + document);
                Files.move(folder.resolve(document), aside);
                knowledge.scan();
                all.stream()
                        .filter(asks -> asks.document().equals(document))
                        .map(asks -> outcome(asks, index, analysis))
                        .forEach(away::add);
                Files.move(aside, folder.resolve(document));
                knowledge.scan();
            }
            return new Measured(there, away);
        }
    }

    private record Threshold(double coverage, double about) {}

    /** What a question finds. */
    private record Outcome(Asks asks, List<Found> candidates) {

        List<Found> quoted(Threshold threshold) {
            return KnowledgeSearch.fitting(candidates, threshold.coverage(), threshold.about());
        }

        boolean isAnswered(Threshold threshold) {
            return !quoted(threshold).isEmpty();
        }

        /** Whether a passage of its own answer is quoted, and not only one of the same document. */
        boolean isOwn(Threshold threshold) {
            return quoted(threshold).stream()
                    .map(found -> found.passage())
                    .anyMatch(passage -> asks.answer()
                            .contains(passage.quote(passage.sentences().get(0))));
        }

        boolean isRight(Threshold threshold) {
            return quoted(threshold).stream()
                    .anyMatch(found -> found.passage().document().equals(asks.document()));
        }
    }

    private static Outcome outcome(Asks asks, KnowledgeIndex index, Analysis analysis) {
        var question = new Question(asks.question(), Tongue.EN);
        return new Outcome(asks, new KnowledgeSearch(index, analysis).candidates(question));
    }

    private static void print(String half, Threshold threshold, String rule, List<Outcome> there, List<Outcome> away) {
        var asked = there.stream().filter(outcome -> half.equals(half(outcome))).toList();
        var answered =
                asked.stream().filter(outcome -> outcome.isAnswered(threshold)).count();
        var right = asked.stream().filter(outcome -> outcome.isRight(threshold)).count();
        var own = asked.stream().filter(outcome -> outcome.isOwn(threshold)).count();
        var declined = away.stream()
                .filter(outcome -> half.equals(half(outcome)))
                .filter(outcome -> !outcome.isAnswered(threshold))
                .count();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f, %.1f%s | %d | %s | %s | %s | %s |%n",
                half,
                threshold.coverage(),
                threshold.about(),
                rule,
                asked.size(),
                rate(answered, asked.size()),
                rate(right, answered),
                rate(own, answered),
                rate(declined, asked.size()));
    }

    private static String half(Outcome outcome) {
        return Integer.parseInt(outcome.asks().document().replaceAll("\\D", "")) % 2 == 0 ? "dev" : "test";
    }

    private List<Asks> asked(Path file) throws IOException {
        var xml = Files.readString(file);
        var focus = FOCUS.matcher(xml);
        assertThat(focus.find()).as("%s", file).isTrue();
        var name = file.getFileName().toString().replace(".xml", ".txt");
        var text = new StringBuilder(plain(focus.group(1))).append("\n\n");
        var asks = new ArrayList<Asks>();
        for (var pair : PAIR.matcher(xml).results().toList()) {
            asks.add(new Asks(plain(pair.group(1)), name, plain(pair.group(2))));
            text.append(plain(pair.group(2))).append("\n\n");
        }
        Files.writeString(folder.resolve(name), text);
        return asks;
    }

    private static String plain(String xml) {
        return xml.replace("&apos;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("[ \\t]+", " ")
                .strip();
    }

    /** With Wilson's interval of 95 %. */
    private static String rate(long count, long of) {
        var proportion = new Proportion(count, of);
        return String.format(
                Locale.ROOT,
                "%d: %.3f (%.3f to %.3f)",
                count,
                proportion.share().orElse(Double.NaN),
                proportion.low().orElse(Double.NaN),
                proportion.high().orElse(Double.NaN));
    }

    /** What becomes of the public questions with the demonstration pages, which were not written for them, and how long a whole answer takes. */
    @Test
    void timesWholeAnswers() throws IOException {
        assumeTrue(Files.isDirectory(QUESTIONS), "SKIPPED: shared/data/patient-questions is absent");
        var questions = new ArrayList<String>();
        try (var files = Files.list(QUESTIONS)) {
            for (var file : files.filter(name -> name.toString().endsWith(".xml"))
                    .sorted()
                    .toList()) {
                asked(file).forEach(asks -> questions.add(asks.question()));
            }
        }
        var counts = new int[3];
        var times = new long[questions.size()];
        try (var asked = new Asked(new QuotedProse()).withRecord()) {
            for (int i = 0; i < times.length; i++) {
                var begin = System.nanoTime();
                var answer = asked.answer(questions.get(i));
                times[i] = System.nanoTime() - begin;
                counts[answer.isDeclined() ? 1 : 0]++;
                counts[2] += answer.urgency().isPresent() ? 1 : 0;
            }
        }
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%nDemonstration pages, %d questions: answered %s, declined %s, escalated %s; p50 %.1f ms, p95 %.1f ms%n",
                times.length,
                rate(counts[0], times.length),
                rate(counts[1], times.length),
                rate(counts[2], times.length),
                times[times.length / 2] / 1e6,
                times[times.length * 95 / 100] / 1e6);
        assertThat(counts[2]).isLessThan(times.length / 10);
        assertThat(counts[0] + counts[1]).isEqualTo(times.length);
    }
}
