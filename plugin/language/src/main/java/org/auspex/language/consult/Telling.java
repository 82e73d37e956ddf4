package org.auspex.language.consult;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.auspex.language.prose.Prose;
import org.auspex.language.summary.Part;
import org.auspex.language.summary.Quotation;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Span;

/** Tells quotations in other words where a language model is configured, as far as they say it. The model sees the quotations only, never the question. */
final class Telling {

    private final Prose prose;

    Telling(Prose prose) {
        this.prose = prose;
    }

    /** Quotations and their sources, in the order in which they are told. */
    static final class Quoted {

        private final List<Quotation> quotations = new ArrayList<>();
        private final Map<Quotation, Source> sources = new HashMap<>();
        private int length;

        /** Spans count through all quotations, so that the same words of two documents stay two. */
        void add(String words, Source source) {
            var quotation = new Quotation(words, new Span(length, length + words.length()));
            length += words.length() + 1;
            quotations.add(quotation);
            sources.put(quotation, source);
        }
    }

    List<Cited> of(Quoted quoted, Tongue tongue) {
        return prose.of(new Part("", quoted.quotations, List.of())).statements().stream()
                .map(statement -> new Cited(
                        Script.shown(statement.text(), tongue),
                        statement.sources().stream()
                                .flatMap(quotation -> Stream.ofNullable(quoted.sources.get(quotation)))
                                .toList()))
                .toList();
    }
}
