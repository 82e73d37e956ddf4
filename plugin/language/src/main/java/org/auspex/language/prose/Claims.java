package org.auspex.language.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;

/** Cuts an answer into sentences and reads the numbers in brackets that they cite: [2], [1][3] or [1, 3]. */
final class Claims {

    private static final String MARK = "[\\[［【]\\s*\\d{1,4}(?:\\s*[,，、]\\s*\\d{1,4})*\\s*[\\]］】]";
    private static final Pattern MARKS = Pattern.compile(MARK);
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Marks behind the full stop belong to the sentence before it. */
    private static final Pattern STOP_BEFORE_MARKS = Pattern.compile("([。.!?！？；])\\s*((?:" + MARK + "[ \\t]*)+)");

    private static final Pattern BULLET = Pattern.compile("^[-*•#\\s]+");
    private static final Pattern SPACE_BEFORE_STOP = Pattern.compile("\\s+(?=[。.!?！？；,，]|$)");

    private final Sentences sentences = new Sentences();

    List<Claim> of(String answer) {
        var text = STOP_BEFORE_MARKS.matcher(answer).replaceAll(" $2$1 ");
        var claims = new ArrayList<Claim>();
        for (var sentence : sentences.of(text, new Span(0, text.length()))) {
            var words = words(sentence.in(text));
            if (words.codePoints().anyMatch(Character::isLetterOrDigit)) {
                claims.add(new Claim(words, cited(sentence.in(text))));
            }
        }
        return List.copyOf(claims);
    }

    private static String words(String sentence) {
        var unmarked = BULLET.matcher(MARKS.matcher(sentence).replaceAll("")).replaceAll("");
        return SPACE_BEFORE_STOP.matcher(unmarked).replaceAll("").strip();
    }

    private static List<Integer> cited(String sentence) {
        return MARKS.matcher(sentence)
                .results()
                .map(MatchResult::group)
                .flatMap(mark -> NUMBER.matcher(mark).results())
                .map(number -> Integer.valueOf(number.group()))
                .distinct()
                .sorted()
                .toList();
    }
}
