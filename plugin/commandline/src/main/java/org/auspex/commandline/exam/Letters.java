package org.auspex.commandline.exam;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the letter that a model chose. What can be read in two ways is not read. */
final class Letters {

    /** "Answer: B", "the answer is (B)". */
    private static final Pattern NAMED =
            Pattern.compile("(?i:answer|答案|选项?)(?:\\s|is|为|是|:|：)*[*(\\[\"']*([A-Z])(?![A-Za-z])");

    /** "B", "(B)", "B) Tell the attending", on a line of its own. */
    private static final Pattern ALONE =
            Pattern.compile("(?m)^[\\s*(\\[\"']*([A-Z])(?:[\\s*)\\]\"'.:：、]*$|[).:：、]\\s*.*$)");

    private Letters() {}

    /** @param options the letters that may be chosen */
    static Optional<String> in(String answer, Set<String> options) {
        return one(NAMED, answer, options).or(() -> one(ALONE, answer, options));
    }

    private static Optional<String> one(Pattern pattern, String answer, Set<String> options) {
        var letters = pattern.matcher(answer)
                .results()
                .map(result -> result.group(1).toUpperCase(Locale.ROOT))
                .filter(options::contains)
                .distinct()
                .toList();
        return letters.size() == 1 ? Optional.of(letters.get(0)) : Optional.empty();
    }
}
