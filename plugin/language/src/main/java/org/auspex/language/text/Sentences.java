package org.auspex.language.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cuts text into sentences, in English and Chinese. A sentence ends at a full stop, a question or exclamation mark, a Chinese
 * semicolon, or a line that the next does not continue. Points of abbreviations ({@code abbreviations.tsv}), numbers and
 * enumerations end none.
 */
public final class Sentences {

    private static final String CHINESE_ENDS = "。！？；";
    private static final String ENDS = ".!?";
    private static final String CLOSING = "\"'”’)）]】」』";
    private static final String LIST_MARKS = "-*•·●○■□◆";

    /** A Chinese line that is shorter was ended by its author, not by the edge of the page. */
    private static final int WRAPPED = 25;

    private static final int LONGEST_NUMBER_OF_A_LIST = 2;

    private final Set<String> abbreviations;

    public Sentences() {
        abbreviations = Lines.of(Sentences.class, "abbreviations.tsv").stream()
                .map(columns -> columns[0])
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The sentences within {@code part}, in order, without white space at their ends. */
    public List<Span> of(String text, Span part) {
        var sentences = new ArrayList<Span>();
        var start = part.start();
        for (int i = part.start(); i < part.end(); i++) {
            if (ends(text, i, start, part.end())) {
                var end = i + 1;
                while (end < part.end() && CLOSING.indexOf(text.charAt(end)) >= 0) {
                    end++;
                }
                add(sentences, text, start, end);
                start = end;
                i = end - 1;
            }
        }
        add(sentences, text, start, part.end());
        return List.copyOf(sentences);
    }

    private static void add(List<Span> sentences, String text, int start, int end) {
        var span = Span.stripped(text, start, end);
        if (span.in(text).codePoints().anyMatch(Character::isLetterOrDigit)) {
            sentences.add(span);
        }
    }

    private boolean ends(String text, int at, int start, int end) {
        var character = text.charAt(at);
        if (character == '\n' || character == '\r') {
            return !isContinued(text, at, start, end);
        }
        if (CHINESE_ENDS.indexOf(character) >= 0) {
            return true;
        }
        if (ENDS.indexOf(character) < 0) {
            return false;
        }
        var next = at + 1;
        while (next < end && CLOSING.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        if (next < end && !Character.isWhitespace(text.charAt(next)) && !startsAfterPoint(text, at, next)) {
            return false;
        }
        return character != '.' || !isPointWithin(text, at, start, next, end);
    }

    /** Words run together: "lung apex.There are". */
    private static boolean startsAfterPoint(String text, int at, int next) {
        return text.charAt(at) == '.'
                && at > 1
                && Character.isLowerCase(text.charAt(at - 1))
                && Character.isLowerCase(text.charAt(at - 2))
                && Character.isUpperCase(text.charAt(next));
    }

    /** Whether the point belongs to an abbreviation, an initial, or the number of a list. */
    private boolean isPointWithin(String text, int at, int start, int next, int end) {
        var from = at;
        while (from > start && !Character.isWhitespace(text.charAt(from - 1)) && text.charAt(from - 1) != '(') {
            from--;
        }
        var word = text.substring(from, at);
        if (!word.isEmpty()
                && word.length() <= LONGEST_NUMBER_OF_A_LIST
                && word.chars().allMatch(Character::isDigit)) {
            return text.substring(start, from).isBlank();
        }
        if (word.length() == 1 && Character.isUpperCase(word.charAt(0)) && from > start) {
            return true;
        }
        var following = next;
        while (following < end && text.charAt(following) == ' ') {
            following++;
        }
        var isFollowedBySmallLetter = following < end && Character.isLowerCase(text.charAt(following));
        return abbreviations.contains(Folding.of(word)) || (word.indexOf('.') > 0 && isFollowedBySmallLetter);
    }

    private static boolean isContinued(String text, int at, int start, int end) {
        var next = at + 1;
        if (text.charAt(at) == '\r' && next < end && text.charAt(next) == '\n') {
            next++;
        }
        while (next < end && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        var line = text.substring(start, at).stripTrailing();
        if (next >= end || line.isEmpty() || Character.isWhitespace(text.charAt(next))) {
            return false;
        }
        var first = text.charAt(next);
        var last = line.charAt(line.length() - 1);
        if (LIST_MARKS.indexOf(first) >= 0 || last == ':' || last == '：') {
            return false;
        }
        var lineLength = at - Math.max(text.lastIndexOf('\n', at - 1) + 1, 0);
        return Character.isLowerCase(first)
                || (lineLength >= WRAPPED
                        && (Folding.isIdeograph(last) || last == '，' || last == '、')
                        && (Folding.isIdeograph(first) || Character.isDigit(first)));
    }
}
