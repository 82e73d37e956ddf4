package org.auspex.language.grounding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;

/** Which words say nothing by themselves, and which say the same, by the list {@code like-words.tsv}. */
final class Likeness {

    private static final String PLAIN = "plain";

    private final Set<String> plain = new HashSet<>();
    private final Map<String, List<String>> like = new HashMap<>();

    Likeness() {
        for (var columns : Lines.of(Likeness.class, "like-words.tsv")) {
            var words = Arrays.stream(columns[1].split("\\|")).map(Folding::of).toList();
            if (columns[0].equals(PLAIN)) {
                words.forEach(word -> plain.add(Words.stem(word)));
            } else {
                words.forEach(word -> like.computeIfAbsent(Words.stem(word), stem -> new ArrayList<>())
                        .addAll(words));
            }
        }
    }

    boolean isPlain(String word) {
        return plain.contains(Words.stem(word));
    }

    /** The word, and those that say the same. */
    List<String> of(String word) {
        var words = new ArrayList<>(like.getOrDefault(Words.stem(word), List.of()));
        words.add(word);
        return words;
    }

    static boolean isChinese(String word) {
        return Folding.isIdeograph(word.charAt(0));
    }
}
