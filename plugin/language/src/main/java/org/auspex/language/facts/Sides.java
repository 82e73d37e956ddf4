package org.auspex.language.facts;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.language.text.Span;

/** Finds the side that a clause gives. */
final class Sides {

    private static final Map<Side, List<String>> WORDS = Map.of(
            Side.LEFT, List.of("left", "left-sided", "left sided", "lt", "左", "左侧"),
            Side.RIGHT, List.of("right", "right-sided", "right sided", "rt", "右", "右侧"),
            Side.BOTH, List.of("bilateral", "bilaterally", "both", "双", "双侧", "两侧", "两肺"));

    /** Words with "left" or "right" that give no side. */
    private static final List<String> NO_SIDES = List.of(
            "right away", "right now", "all right", "was left", "left the", "left ventricular", "左右", "left atrial");

    private final Terms<Optional<Side>> terms = new Terms<>();

    Sides() {
        WORDS.forEach((side, words) -> words.forEach(word -> terms.add(word, Optional.of(side))));
        NO_SIDES.forEach(words -> terms.add(words, Optional.empty()));
    }

    /** The side nearest to {@code span} within its clause; of two as near, the one before it. */
    Optional<Side> nearest(String folded, Span clause, Span span) {
        return terms.in(folded, clause).stream()
                .filter(match -> match.values().get(0).isPresent())
                .min(Comparator.comparingInt((Terms.Match<Optional<Side>> match) ->
                                match.span().distance(span))
                        .thenComparing(Terms.Match::span))
                .flatMap(match -> match.values().get(0));
    }
}
