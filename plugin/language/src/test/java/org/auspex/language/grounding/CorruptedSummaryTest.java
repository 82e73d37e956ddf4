package org.auspex.language.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.grounding.Verdict.Outcome;
import org.auspex.language.text.Sections;
import org.auspex.language.text.Sentences;
import org.junit.jupiter.api.Test;

/** Sentences of the notes in testdata, made false in one place, against their source; and true ones, whole and cut at a comma. */
class CorruptedSummaryTest {

    private static final Path NOTES = Path.of("../../testdata/notes");
    private static final double CAUGHT = 0.95;
    private static final double FALSE_ALARMS = 0.05;

    private final Facts facts = new Facts(List.of(new StarterVocabulary()));
    private final Grounding grounding = new Grounding(facts);
    private final Corruptions corruptions = new Corruptions(facts, new Random(8));

    @Test
    void catchesWhatWasCorrupted() throws IOException {
        Map<String, Function<String, Optional<String>>> ways = new LinkedHashMap<>();
        ways.put("number", corruptions::number);
        ways.put("side", corruptions::side);
        ways.put("negation", corruptions::negation);
        ways.put("drug", corruptions::drug);
        var sentences = sentences();
        System.out.println("\n| corrupted | sentences | caught | share |\n|---|---|---|---|");
        ways.forEach((name, corrupt) -> {
            var made = 0;
            var missed = new ArrayList<String>();
            for (var sentence : sentences) {
                var corrupted = corrupt.apply(sentence);
                if (corrupted.isPresent()) {
                    made++;
                    if (grounding.check(corrupted.get(), sentence).outcome() == Outcome.SUPPORTED) {
                        missed.add(corrupted.get());
                    }
                }
            }
            print(name, made, made - missed.size());
            missed.stream().limit(8).forEach(missing -> System.out.println("missed: " + missing));
            assertThat((double) missed.size() / made).as(name).isLessThanOrEqualTo(1 - CAUGHT);
        });
    }

    @Test
    void raisesFewFalseAlarms() throws IOException {
        var whole = sentences();
        var cut =
                whole.stream().flatMap(sentence -> beginning(sentence).stream()).toList();
        System.out.println("\n| true | sentences | false alarms | share |\n|---|---|---|---|");
        var alarms =
                whole.stream().filter(sentence -> isAlarm(sentence, sentence)).count();
        print("quoted whole", whole.size(), (int) alarms);
        var cutAlarms =
                cut.stream().filter(pair -> isAlarm(pair.get(0), pair.get(1))).toList();
        print("cut at a comma", cut.size(), cutAlarms.size());
        cutAlarms.stream().limit(8).forEach(pair -> System.out.println("alarm: " + pair.get(0)));

        assertThat((double) alarms / whole.size()).isLessThanOrEqualTo(FALSE_ALARMS);
        assertThat((double) cutAlarms.size() / cut.size()).isLessThanOrEqualTo(FALSE_ALARMS);
    }

    @Test
    void saysWhatIsWrong() {
        var cited = "否认胸痛；右下肢水肿，口服阿司匹林100mg 每日1次。";

        assertThat(grounding.check("右下肢水肿。", cited)).isEqualTo(Verdict.supported());
        assertThat(grounding.check("左下肢水肿。", cited).outcome()).isEqualTo(Outcome.CONTRADICTED);
        assertThat(grounding.check("患者胸痛。", cited).outcome()).isEqualTo(Outcome.CONTRADICTED);
        assertThat(grounding.check("口服阿司匹林300mg 每日1次。", cited).objections())
                .contains("The cited words give another value of aspirin");
        assertThat(grounding.check("口服华法林。", cited).objections()).contains("warfarin is not in the cited words");
    }

    private boolean isAlarm(String claim, String cited) {
        return grounding.check(claim, cited).outcome() != Outcome.SUPPORTED;
    }

    private static void print(String name, int of, int count) {
        System.out.printf(Locale.ROOT, "| %s | %d | %d | %.3f |%n", name, of, count, (double) count / of);
    }

    private static List<List<String>> beginning(String sentence) {
        var comma = Math.max(sentence.lastIndexOf('，'), sentence.lastIndexOf(", "));
        return comma < 4 ? List.of() : List.of(List.of(sentence.substring(0, comma), sentence));
    }

    /** Those of the three admission notes, and of the assertion challenge. */
    private static List<String> sentences() throws IOException {
        var sentences = new ArrayList<String>();
        for (var note : List.of("admission-1-chest-pain", "admission-2-pneumonia", "admission-3-stroke")) {
            var text = Files.readString(NOTES.resolve(note + ".txt"));
            for (var section : new Sections().of(text)) {
                new Sentences().of(text, section.body()).forEach(span -> sentences.add(span.in(text)));
            }
        }
        for (var language : List.of("en", "zh")) {
            Files.readAllLines(NOTES.resolve("assertions-%s.tsv".formatted(language))).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t")[1].replace("[", "").replace("]", ""))
                    .distinct()
                    .forEach(sentences::add);
        }
        return sentences;
    }
}
