package org.auspex.language.summary;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.auspex.language.facts.Fact;
import org.auspex.language.text.Section;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;

/** A note that has been read: what its sections say, sentence by sentence, and what is named there. */
record Note(String text, List<Section> sections, List<Fact> facts, Sentences sentences) {

    /** The sentences of sections of these kinds, in the order of the note. */
    List<Quotation> all(SectionKind... kinds) {
        return where(sentence -> true, kinds);
    }

    /** Those of them in which a fact is as told. */
    List<Quotation> naming(Predicate<Fact> told, SectionKind... kinds) {
        return where(sentence -> names(sentence, told), kinds);
    }

    /** The same, and the first sentence, which says who it is about. */
    List<Quotation> opening(Predicate<Fact> told, SectionKind... kinds) {
        var all = all(kinds);
        return all.stream()
                .filter(quotation -> quotation.equals(all.get(0)) || names(quotation.source(), told))
                .toList();
    }

    private boolean names(Span sentence, Predicate<Fact> told) {
        return facts.stream().anyMatch(fact -> sentence.contains(fact.span()) && told.test(fact));
    }

    /** Those of them in which a fact is as told, and those that do not say in each clause that all is normal. */
    List<Quotation> notable(Predicate<Fact> told, SectionKind... kinds) {
        return where(sentence -> names(sentence, told) || !Normality.isAllNormal(sentence.in(text)), kinds);
    }

    List<Fact> factsIn(SectionKind kind) {
        return facts.stream().filter(fact -> fact.section() == kind).toList();
    }

    private List<Quotation> where(Predicate<Span> wanted, SectionKind... kinds) {
        var among = EnumSet.copyOf(Arrays.asList(kinds));
        return sections.stream()
                .filter(section -> among.contains(section.kind()))
                .flatMap(section -> sentences.of(text, section.body()).stream())
                .filter(wanted)
                .map(sentence -> new Quotation(sentence.in(text), sentence))
                .toList();
    }
}
