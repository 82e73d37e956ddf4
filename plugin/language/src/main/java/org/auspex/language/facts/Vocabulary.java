package org.auspex.language.facts;

import java.util.stream.Stream;

/** Words and what they mean. A site brings its own beside the one that ships. */
@FunctionalInterface
public interface Vocabulary {

    /**
     * Words of a vocabulary.
     *
     * @param words as a note writes them, in any case and in either Chinese script
     */
    record Term(String words, Concept concept) {}

    Stream<Term> terms();
}
