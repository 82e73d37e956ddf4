package org.auspex.language.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.auspex.language.text.Span;
import org.junit.jupiter.api.Test;

/** Accuracy on the challenge set of testdata/notes: the odd lines were used in writing the rules, the even ones held out. */
class AssertionChallengeTest {

    private static final Path NOTES = Path.of("../../testdata/notes");

    private final Assertions assertions = new Assertions();

    @Test
    void tellsWhatIsAssertedOfTheChallengeSet() throws IOException {
        System.out.println("\n| language | part | sentences | right | accuracy |\n|---|---|---|---|---|");
        for (var language : List.of("en", "zh")) {
            var items = items(language);
            for (var part : List.of("development", "held out")) {
                var share = items.stream()
                        .filter(item -> item.development() == part.equals("development"))
                        .toList();
                var right = share.stream().filter(this::isRight).count();
                var accuracy = (double) right / share.size();
                System.out.printf(
                        Locale.ROOT, "| %s | %s | %d | %d | %.3f |%n", language, part, share.size(), right, accuracy);
                assertThat(accuracy).as("%s, %s", language, part).isGreaterThan(0.9);
            }
            items.stream()
                    .filter(Item::development)
                    .filter(item -> !isRight(item))
                    .forEach(item -> System.out.printf("wrong: %s, not %s%n", item, said(item)));
        }
    }

    private boolean isRight(Item item) {
        return said(item) == item.expected();
    }

    private Assertion said(Item item) {
        return assertions
                .in(item.sentence(), new Span(0, item.sentence().length()))
                .of(item.target());
    }

    private record Item(Assertion expected, String sentence, Span target, boolean development) {}

    private static List<Item> items(String language) throws IOException {
        var items = new ArrayList<Item>();
        for (var line : Files.readAllLines(NOTES.resolve("assertions-%s.tsv".formatted(language)))) {
            if (!line.startsWith("#")) {
                var columns = line.split("\t");
                var start = columns[1].indexOf('[');
                var end = columns[1].indexOf(']');
                items.add(new Item(
                        Assertion.valueOf(columns[0].toUpperCase(Locale.ROOT)),
                        columns[1].replace("[", "").replace("]", ""),
                        new Span(start, end - 1),
                        items.size() % 2 == 0));
            }
        }
        return items;
    }
}
