package org.auspex.language.grounding;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Span;

/** Cuts folded text into words: Latin ones at their edges, Chinese ones by ICU's dictionary. Numbers and signs are none. */
final class Words {

    private static final List<String> ENDINGS = List.of("ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y");

    /** Of words made from words: "smoker" and "smoking", "medication" and "medications". None of these makes a disease of an organ. */
    private static final List<String> DERIVATIONS =
            List.of("ations", "ation", "ions", "ion", "ness", "ment", "ally", "al", "ers", "er", "en", "ive", "able");

    private static final int SHORTEST_STEM = 3;
    private static final int SHORTEST_ROOT = 4;

    private Words() {}

    static List<Span> in(String folded) {
        var words = new ArrayList<Span>();
        var breaks = BreakIterator.getWordInstance(ULocale.CHINESE);
        breaks.setText(folded);
        for (int start = breaks.first(), end = breaks.next();
                end != BreakIterator.DONE;
                start = end, end = breaks.next()) {
            if (Character.isLetter(folded.charAt(start))) {
                words.add(new Span(start, end));
            }
        }
        return List.copyOf(words);
    }

    /** An English word without its ending, so that "relieved" and "relieves" are one; a Chinese word as it is. */
    static String stem(String word) {
        var latin = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
        if (Folding.isIdeograph(latin.charAt(0))) {
            return latin;
        }
        var stem = ENDINGS.stream()
                .filter(ending -> latin.endsWith(ending) && latin.length() - ending.length() >= SHORTEST_STEM)
                .findFirst()
                .map(ending -> latin.substring(0, latin.length() - ending.length()))
                .orElse(latin);
        return undoubled(DERIVATIONS.stream()
                .filter(ending -> stem.endsWith(ending) && stem.length() - ending.length() >= SHORTEST_ROOT)
                .findFirst()
                .map(ending -> stem.substring(0, stem.length() - ending.length()))
                .orElse(stem));
    }

    /** "stopped" is of "stop". */
    private static String undoubled(String stem) {
        var last = stem.length() - 1;
        return last >= SHORTEST_STEM && stem.charAt(last) == stem.charAt(last - 1) ? stem.substring(0, last) : stem;
    }
}
