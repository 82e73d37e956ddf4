package org.auspex.language.facts;

import java.util.stream.Stream;

/** The words that ship for children's complaints, {@code paediatrics.tsv}, to be used beside {@link StarterVocabulary}. */
public final class PaediatricVocabulary implements Vocabulary {

    @Override
    public Stream<Term> terms() {
        return VocabularyFile.terms("paediatrics.tsv");
    }
}
