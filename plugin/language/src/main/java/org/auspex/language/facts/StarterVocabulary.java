package org.auspex.language.facts;

import java.util.stream.Stream;

/** The vocabulary that ships, {@code vocabulary.tsv}: common words of internal medicine, English and Chinese. */
public final class StarterVocabulary implements Vocabulary {

    @Override
    public Stream<Term> terms() {
        return VocabularyFile.terms("vocabulary.tsv");
    }
}
