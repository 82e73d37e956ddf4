package org.auspex.language.facts;

import java.util.stream.Stream;

/**
 * More words that ship, {@code general.tsv}, to be used beside {@link StarterVocabulary}: for facts, where an unknown word is lost. They were
 * written after the figures of summaries and of grounding, which therefore do without them.
 */
public final class GeneralVocabulary implements Vocabulary {

    @Override
    public Stream<Term> terms() {
        return VocabularyFile.terms("general.tsv");
    }
}
