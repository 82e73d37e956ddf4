package org.auspex.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Codes carry a check digit, which catches most slips of whoever writes them down. */
class CodesTest {

    private static final Path GUARD = Path.of("src/main/resources/auspex/models/missed-diagnosis/1.0.0/model.yaml");
    private static final Pattern LOINC = Pattern.compile("loinc\\.org\\|(\\d+-\\d)\\b");
    private static final Pattern SNOMED = Pattern.compile("\"code\": ?\"(\\d{6,18})\"");

    /** Dihedral group of order 10, as Verhoeff's method multiplies. */
    private static final int[][] TIMES = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };

    /** What a digit counts one place further left. */
    private static final int[] SHIFTED = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    @Test
    void theGuardsLoincCodesHaveTheirCheckDigit() throws IOException {
        var codes = found(LOINC, Files.readString(GUARD));

        assertThat(codes).hasSizeGreaterThan(30).allMatch(CodesTest::isLoinc);
        assertThat(isLoinc("2823-4")).isFalse();
    }

    @Test
    void snomedCodesOfValueSetsHaveTheirCheckDigit() {
        var codes = new TreeSet<String>();
        Conformance.resources().stream()
                .filter(json -> json.contains("\"ValueSet\""))
                .flatMap(json -> Pattern.compile("(?=\"system\":)").splitAsStream(json))
                .filter(group -> group.contains("http://snomed.info/sct\""))
                .forEach(group -> codes.addAll(found(SNOMED, group)));

        assertThat(codes).hasSizeGreaterThan(500).allMatch(CodesTest::isSnomed);
        assertThat(isSnomed("14140008")).isFalse();
    }

    private static Set<String> found(Pattern pattern, String text) {
        var codes = new TreeSet<String>();
        pattern.matcher(text).results().forEach(match -> codes.add(match.group(1)));
        return codes;
    }

    /** Every second digit from the right is doubled; the digits add up to a multiple of ten with the last. */
    private static boolean isLoinc(String code) {
        var sum = 0;
        var digits = code.substring(0, code.indexOf('-'));
        for (int i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 1 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return (sum + code.charAt(code.length() - 1) - '0') % 10 == 0;
    }

    private static boolean isSnomed(String code) {
        var check = 0;
        for (int i = 0; i < code.length(); i++) {
            var digit = code.charAt(code.length() - 1 - i) - '0';
            for (int place = 0; place < i; place++) {
                digit = SHIFTED[digit];
            }
            check = TIMES[check][digit];
        }
        return check == 0;
    }
}
