package org.auspex.language.measures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** F1 of ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004) over words in small letters, without stemming. */
record Rouge(double one, double two, double longest) {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    static Rouge of(String text, String reference) {
        var said = words(text);
        var meant = words(reference);
        return new Rouge(
                overlap(grams(said, 1), grams(meant, 1)),
                overlap(grams(said, 2), grams(meant, 2)),
                f1(common(said, meant), said.size(), meant.size()));
    }

    static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static List<String> grams(List<String> words, int length) {
        var grams = new ArrayList<String>();
        for (int i = 0; i + length <= words.size(); i++) {
            grams.add(String.join(" ", words.subList(i, i + length)));
        }
        return grams;
    }

    private static double overlap(List<String> said, List<String> meant) {
        var left = new ArrayList<>(meant);
        var shared = (int) said.stream().filter(left::remove).count();
        return f1(shared, said.size(), meant.size());
    }

    private static double f1(int shared, int said, int meant) {
        return shared == 0 ? 0 : 2.0 * shared / (said + meant);
    }

    /** Length of the longest common subsequence. */
    private static int common(List<String> one, List<String> two) {
        var before = new int[two.size() + 1];
        for (var word : one) {
            var row = new int[two.size() + 1];
            for (int i = 0; i < two.size(); i++) {
                row[i + 1] = word.equals(two.get(i)) ? before[i] + 1 : Math.max(row[i], before[i + 1]);
            }
            before = row;
        }
        return before[two.size()];
    }
}
