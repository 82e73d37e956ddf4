package org.auspex.language.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.language.grounding.Verdict.Objection;
import org.auspex.language.grounding.Verdict.Outcome;
import org.auspex.language.text.Span;

/**
 * Every word of a claim must be cited, in any of its forms or by a word of like meaning, but for those that say nothing by themselves. What the
 * vocabulary names is left to the rule for values.
 */
final class WordRule implements Rule {

    private static final String NAME = "word";

    private final Likeness likeness = new Likeness();

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var known = Words.in(cited.folded()).stream()
                .map(word -> Words.stem(word.in(cited.folded())))
                .collect(Collectors.toUnmodifiableSet());
        return Words.in(claim.folded()).stream()
                .filter(word -> isUnnamed(word, claim))
                .map(word -> word.in(claim.folded()))
                .filter(word -> !isCited(word, cited.folded(), known))
                .map(word -> new Objection(
                        NAME, Outcome.UNSUPPORTED, "The word '%s' is not in the cited words".formatted(word)))
                .toList();
    }

    /** Where the cited words say what the words of a span say; nothing unless they say all of them. Latin words only. */
    List<Span> echoes(Span span, Reading claim, Reading cited) {
        var echoes = new ArrayList<Span>();
        for (var word : Words.in(claim.folded())) {
            if (word.overlaps(span)) {
                var stems = likeness.of(word.in(claim.folded())).stream()
                        .map(Words::stem)
                        .collect(Collectors.toUnmodifiableSet());
                var found = Words.in(cited.folded()).stream()
                        .filter(known -> stems.contains(Words.stem(known.in(cited.folded()))))
                        .toList();
                if (found.isEmpty()) {
                    return List.of();
                }
                echoes.addAll(found);
            }
        }
        return List.copyOf(echoes);
    }

    private static boolean isUnnamed(Span word, Reading claim) {
        return claim.facts().stream().noneMatch(fact -> fact.span().overlaps(word));
    }

    /** A Chinese word may be cut elsewhere in the cited words, so it also counts in two parts. */
    private boolean isCited(String word, String cited, Set<String> known) {
        if (isSaid(word, cited, known)) {
            return true;
        }
        if (!Likeness.isChinese(word)) {
            return false;
        }
        for (int at = 1; at < word.length(); at++) {
            if (isSaid(word.substring(0, at), cited, known) && isSaid(word.substring(at), cited, known)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSaid(String word, String cited, Set<String> known) {
        return likeness.isPlain(word)
                || NumberRule.isNumber(word)
                || likeness.of(word).stream()
                        .anyMatch(like ->
                                Likeness.isChinese(like) ? cited.contains(like) : known.contains(Words.stem(like)));
    }
}
