package org.auspex.language.consult;

import com.ibm.icu.text.Transliterator;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Folding;

/** The two scripts of Chinese. */
final class Script {

    private static final Transliterator TRADITIONAL = Transliterator.getInstance("Simplified-Traditional");

    private Script() {}

    /** The words as a reader of the language writes them: simplified characters become traditional ones, if the words stay the same. */
    static String shown(String words, Tongue tongue) {
        if (tongue != Tongue.ZH_HANT) {
            return words;
        }
        var traditional = TRADITIONAL.transliterate(words);
        return Folding.of(traditional).equals(Folding.of(words)) ? traditional : words;
    }

    /** Whether more of its characters are written in the traditional way only than in the simplified way only. */
    static boolean isTraditional(String text) {
        var traditional = TRADITIONAL.transliterate(text);
        var folded = Folding.of(text);
        var balance = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Folding.isIdeograph(text.charAt(i))) {
                balance += folded.charAt(i) != text.charAt(i) ? 1 : 0;
                balance -= traditional.length() == text.length() && traditional.charAt(i) != text.charAt(i) ? 1 : 0;
            }
        }
        return balance > 0;
    }
}
