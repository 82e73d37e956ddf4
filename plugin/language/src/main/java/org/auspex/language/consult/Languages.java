package org.auspex.language.consult;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;

/** Tells English and both Chinese scripts from other languages: by the script, and within Latin letters by small words ({@code languages.tsv}). */
final class Languages {

    private static final String ENGLISH = "en";
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}']+");

    /** Of the letters, in hundredths: names of drugs may be written in Latin letters. */
    private static final int CHINESE = 20;

    private static final int FOREIGN = 20;

    private final Map<String, Set<String>> small = Lines.of(Languages.class, "languages.tsv").stream()
            .collect(Collectors.toUnmodifiableMap(
                    columns -> columns[0], columns -> Set.copyOf(Arrays.asList(columns[1].split(" ")))));

    /** Empty for any other language. */
    Optional<Tongue> of(String text) {
        var letters = text.codePoints().filter(Character::isLetter).count();
        var chinese = count(text, Character.UnicodeScript.HAN);
        var latin = count(text, Character.UnicodeScript.LATIN);
        if ((letters - chinese - latin) * 100 >= letters * FOREIGN) {
            return Optional.empty();
        }
        if (chinese * 100 >= letters * CHINESE) {
            return Optional.of(Script.isTraditional(text) ? Tongue.ZH_HANT : Tongue.ZH_HANS);
        }
        return isEnglish(text) ? Optional.of(Tongue.EN) : Optional.empty();
    }

    private static long count(String text, Character.UnicodeScript script) {
        return text.codePoints()
                .filter(Character::isLetter)
                .filter(letter -> Character.UnicodeScript.of(letter) == script)
                .count();
    }

    /** Without small words of any language, as in "aspirin dose", only letters that English has count. */
    private boolean isEnglish(String text) {
        var words = Arrays.asList(NO_WORD.split(Folding.of(text)));
        var english = known(ENGLISH, words);
        var other = small.keySet().stream()
                .filter(language -> !language.equals(ENGLISH))
                .mapToLong(language -> known(language, words))
                .max()
                .orElse(0);
        var isPlain = text.codePoints().filter(Character::isLetter).allMatch(letter -> letter < 128);
        return english == 0 ? other == 0 && isPlain : english > other;
    }

    private long known(String language, List<String> words) {
        return words.stream()
                .filter(small.getOrDefault(language, Set.of())::contains)
                .count();
    }
}
