package org.auspex.language.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A trie of terms, found leftmost and longest. English terms begin and end at words, and may take the plural's ending. In a term
 * {@code #} stands for a digit.
 *
 * @param <T> what terms stand for
 */
final class Terms<T> {

    private static final char DIGIT = '#';

    /** Shorter words take no plural: "as" is none of "a". */
    private static final int SHORTEST_WITH_PLURAL = 4;

    /** A term that was found, and what it stands for. */
    record Match<T>(Span span, List<T> values) {}

    private static final class Node<T> {
        private final Map<Character, Node<T>> next = new HashMap<>();
        private final List<T> values = new ArrayList<>();
    }

    private final Node<T> root = new Node<>();

    void add(String term, T value) {
        var node = root;
        var folded = Folding.of(term.strip());
        for (int i = 0; i < folded.length(); i++) {
            node = node.next.computeIfAbsent(folded.charAt(i), character -> new Node<>());
        }
        if (!node.values.contains(value)) {
            node.values.add(value);
        }
    }

    /** @param folded text, as {@link Folding} makes it */
    List<Match<T>> in(String folded, Span part) {
        var matches = new ArrayList<Match<T>>();
        for (int at = part.start(); at < part.end(); ) {
            var match = at(folded, at, part.end());
            match.ifPresent(matches::add);
            at = match.map(found -> found.span().end()).orElse(at + 1);
        }
        return List.copyOf(matches);
    }

    private Optional<Match<T>> at(String folded, int start, int end) {
        if (isWithinWord(folded, start)) {
            return Optional.empty();
        }
        Match<T> longest = null;
        var node = root;
        for (int at = start; at < end; at++) {
            var next = step(node, folded.charAt(at));
            if (next == null) {
                break;
            }
            node = next;
            if (!node.values.isEmpty()) {
                var stop = boundary(folded, start, at + 1, end);
                if (stop.isPresent()) {
                    longest = new Match<>(new Span(start, stop.get()), List.copyOf(node.values));
                }
            }
        }
        return Optional.ofNullable(longest);
    }

    private static <T> @Nullable Node<T> step(Node<T> node, char character) {
        var next = node.next.get(Character.isWhitespace(character) ? ' ' : character);
        return next != null || !Character.isDigit(character) ? next : node.next.get(DIGIT);
    }

    /** Where the term ends, if it ends at the end of a word. */
    private static Optional<Integer> boundary(String folded, int start, int stop, int end) {
        if (stop >= folded.length() || !isWithinWord(folded, stop)) {
            return Optional.of(stop);
        }
        if (stop - start >= SHORTEST_WITH_PLURAL && isLatin(folded.charAt(stop - 1))) {
            for (int ending = 1; ending <= 2 && stop + ending <= end; ending++) {
                var suffix = folded.substring(stop, stop + ending);
                if ((suffix.equals("s") || suffix.equals("es")) && !isWithinWord(folded, stop + ending)) {
                    return Optional.of(stop + ending);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a place lies between two letters or digits of one Latin word. */
    private static boolean isWithinWord(String folded, int at) {
        if (at == 0 || at >= folded.length()) {
            return false;
        }
        var before = folded.charAt(at - 1);
        var after = folded.charAt(at);
        return (isLatin(before) && isLatin(after))
                || (Character.isDigit(before) && Character.isDigit(after))
                || (isLatin(before) && Character.isDigit(after));
    }

    private static boolean isLatin(char character) {
        return Character.isLetter(character) && !Folding.isIdeograph(character);
    }
}
