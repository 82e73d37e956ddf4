package org.auspex.language.consult;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.auspex.kernel.outcome.Inquiry;
import org.auspex.language.chat.Reply;
import org.auspex.language.prose.Judged;
import org.auspex.language.prose.Prose;
import org.auspex.language.prose.Tally;
import org.auspex.language.summary.Part;
import org.auspex.language.summary.Quotation;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Span;

/** Tells quotations in other words where a language model is configured, as far as they say it. The model sees the quotations only, never the question. */
final class Telling {

    private final Prose prose;
    private final Tally tally;

    /** @param tally of what becomes of claims */
    Telling(Prose prose, Tally tally) {
        this.prose = prose;
        this.tally = tally;
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

        private List<Source> of(List<Quotation> some) {
            return some.stream()
                    .flatMap(quotation -> Stream.ofNullable(sources.get(quotation)))
                    .toList();
        }
    }

    /** @param section of the answer that it is for */
    Told of(String section, Quoted quoted, Tongue tongue) {
        if (quoted.quotations.isEmpty()) {
            return new Told(section, List.of(), List.of(), List.of());
        }
        var writing = prose.of(new Part("", quoted.quotations, List.of()));
        tally.count(writing);
        return new Told(
                section,
                writing.statements().stream()
                        .map(statement ->
                                new Cited(Script.shown(statement.text(), tongue), quoted.of(statement.sources())))
                        .toList(),
                writing.replies().stream().map(Reply::inquiry).toList(),
                writing.judged().stream().map(judged -> claim(judged, quoted)).toList());
    }

    private static Inquiry.Claim claim(Judged judged, Quoted quoted) {
        var places = quoted.of(judged.cited()).stream().map(Source::place).toList();
        return judged.verdict().on(judged.claim(), places, judged.round());
    }
}
