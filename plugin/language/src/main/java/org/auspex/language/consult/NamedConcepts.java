package org.auspex.language.consult;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auspex.language.facts.FactKind;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.text.Folding;

/** What a question, or the name of an entry, names of a vocabulary, in whichever language. */
final class NamedConcepts {

    private final Map<String, Set<String>> names = new HashMap<>();

    NamedConcepts(List<Vocabulary> vocabularies) {
        vocabularies.stream()
                .flatMap(Vocabulary::terms)
                .filter(term -> term.concept().kind() != FactKind.SITE)
                .filter(term -> term.words().length() > 1 && term.words().indexOf('#') < 0)
                .forEach(term -> names.computeIfAbsent(Folding.of(term.words()), words -> new HashSet<>())
                        .add(term.concept().name()));
    }

    Set<String> in(String text) {
        var folded = Folding.of(text);
        var found = new HashSet<String>();
        names.forEach((words, concepts) -> {
            if (isIn(folded, words)) {
                found.addAll(concepts);
            }
        });
        return found;
    }

    /** Latin words begin and end at words, or with the plural's ending. */
    private static boolean isIn(String folded, String words) {
        for (int at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + 1)) {
            var end = at + words.length();
            if (isEdge(folded, at)
                    && (isEdge(folded, end)
                            || (end < folded.length() && folded.charAt(end) == 's' && isEdge(folded, end + 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEdge(String folded, int at) {
        return at <= 0 || at >= folded.length() || !isLatin(folded.charAt(at - 1)) || !isLatin(folded.charAt(at));
    }

    private static boolean isLatin(char character) {
        return Character.isLetter(character) && !Folding.isIdeograph(character);
    }
}
