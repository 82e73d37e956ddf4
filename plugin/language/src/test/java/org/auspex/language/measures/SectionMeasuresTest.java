package org.auspex.language.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.language.text.Section;
import org.auspex.language.text.Sections;
import org.junit.jupiter.api.Test;

/** How many sections are found where they begin, with their kind. */
class SectionMeasuresTest {

    private final Sections sections = new Sections();

    @Test
    void findsTheAnnotatedSections() throws IOException {
        Map<String, Counts> counts = new LinkedHashMap<>();
        for (var document : Annotated.of("sections.tsv")) {
            var expected = document.lines().stream()
                    .map(columns -> columns[1] + " " + columns[0])
                    .collect(Collectors.toSet());
            var found = sections.of(document.text()).stream()
                    .filter(section -> !section.heading().isEmpty())
                    .map(section -> shown(document.text(), section))
                    .collect(Collectors.toSet());
            var right = (int) found.stream().filter(expected::contains).count();
            counts.computeIfAbsent(document.isChinese() ? "Chinese" : "English", language -> new Counts())
                    .add(expected.size(), found.size(), right);
        }

        System.out.println("\n" + Counts.head());
        counts.forEach((language, count) -> System.out.println(count.row(language)));
        assertThat(counts.values()).allSatisfy(count -> assertThat(count.f1()).isGreaterThan(0.9));
    }

    /** Where the heading's first letter stands, and the kind. */
    private static String shown(String text, Section section) {
        var start = section.heading().start();
        while (!Character.isLetter(text.charAt(start))) {
            start++;
        }
        return start + " " + section.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
