package org.auspex.language.measures;

import java.util.Locale;

/** What was found and what should have been. */
final class Counts {

    private int expected;
    private int found;
    private int right;

    void add(int expectedOnes, int foundOnes, int rightOnes) {
        expected += expectedOnes;
        found += foundOnes;
        right += rightOnes;
    }

    int expected() {
        return expected;
    }

    int missed() {
        return expected - right;
    }

    double precision() {
        return (double) right / found;
    }

    double recall() {
        return (double) right / expected;
    }

    double f1() {
        return 2.0 * right / (expected + found);
    }

    String row(String name) {
        return "| %s | %d | %d | %d | %.3f | %.3f | %.3f |"
                .formatted(name, expected, found, right, precision(), recall(), f1())
                .formatted(Locale.ROOT);
    }

    static String head() {
        return "| | annotated | found | right | precision | recall | F1 |\n|---|---|---|---|---|---|---|";
    }
}
