package org.auspex.language.text;

import com.ibm.icu.text.Transliterator;

/**
 * Makes texts comparable, character by character, so that offsets stay true: small letters, half-width signs, simplified
 * Chinese characters.
 */
public final class Folding {

    private static final char FIRST_IDEOGRAPH = '\u3400';
    private static final char LAST_IDEOGRAPH = '\u9fff';
    private static final char FIRST_WIDE = '\uff01';
    private static final char LAST_WIDE = '\uff5e';
    private static final int WIDER_BY = 0xFEE0;

    private static final char[] SIMPLIFIED = simplified();

    private Folding() {}

    /** A text of the same length. */
    public static String of(CharSequence text) {
        var folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(fold(text.charAt(i)));
        }
        return folded.toString();
    }

    /** Whether it is a Chinese character. */
    public static boolean isIdeograph(char character) {
        return character >= FIRST_IDEOGRAPH && character <= LAST_IDEOGRAPH;
    }

    private static char fold(char character) {
        if (isIdeograph(character)) {
            return SIMPLIFIED[character - FIRST_IDEOGRAPH];
        }
        if (character >= FIRST_WIDE && character <= LAST_WIDE) {
            return Character.toLowerCase((char) (character - WIDER_BY));
        }
        return switch (character) {
            case '\u3000', '\u00a0' -> ' ';
            case '\u2018', '\u2019' -> '\'';
            case '\u2013', '\u2014', '\u2212' -> '-';
            default -> Character.toLowerCase(character);
        };
    }

    private static char[] simplified() {
        var transliterator = Transliterator.getInstance("Traditional-Simplified");
        var characters = new char[LAST_IDEOGRAPH - FIRST_IDEOGRAPH + 1];
        for (int i = 0; i < characters.length; i++) {
            var character = (char) (FIRST_IDEOGRAPH + i);
            var result = transliterator.transliterate(String.valueOf(character));
            characters[i] = result.length() == 1 ? result.charAt(0) : character;
        }
        return characters;
    }
}
