package org.auspex.language.facts;

import java.util.List;
import org.auspex.language.text.Span;

/** Finds things that sentences name in words which no vocabulary may have, such as a network that has learnt to. */
@FunctionalInterface
public interface Recogniser {

    /** Where there is none. */
    Recogniser NONE = sentences ->
            sentences.stream().map(sentence -> List.<Recognised>of()).toList();

    /** @param span of the words, in the sentence */
    record Recognised(FactKind kind, Span span) {}

    /** What each sentence names, in the order of the sentences. */
    List<List<Recognised>> in(List<String> sentences);
}
