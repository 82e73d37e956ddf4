package org.auspex.language.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.auspex.kernel.notes.Amount;
import org.auspex.kernel.notes.NotedFact;
import org.auspex.kernel.notes.NotedFact.Kind;
import org.auspex.kernel.notes.NotedFact.Said;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.facts.Concept;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.Measurement;
import org.auspex.language.facts.TimeMention;
import org.auspex.language.facts.UnknownTerms;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Span;

/** Everything that a document names, as the kernel takes it: also what is suspected, planned, a relative's, or in no vocabulary. */
final class NotedFacts {

    private final Facts facts;
    private final UnknownTerms unknown = new UnknownTerms();

    NotedFacts(Facts facts) {
        this.facts = facts;
    }

    ReadNote of(DocumentText text) {
        var named = facts.of(text.text()).facts();
        var noted = new ArrayList<NotedFact>();
        named.forEach(fact -> noted.add(noted(text, fact)));
        unknown.in(text.text(), named).forEach(span -> noted.add(unknown(text, span)));
        noted.sort(Comparator.comparingInt(fact -> fact.words().start()));
        return new ReadNote(
                text.version().reference(), text.version().attachment(), text.sha256(), Optional.empty(), noted);
    }

    private static NotedFact noted(DocumentText text, Fact fact) {
        return new NotedFact(
                Kind.valueOf(fact.kind().name()),
                fact.concept().name(),
                fact.concept().display(),
                fact.concept().codes(),
                said(fact),
                fact.measurement().map(measurement -> amount(text, measurement)),
                fact.side().map(side -> side.name().toLowerCase(Locale.ROOT)),
                fact.site().map(Concept::display),
                fact.time().map(TimeMention::time),
                words(text, fact.span()));
    }

    /** What is denied of relatives says nothing of the patient either. */
    private static Said said(Fact fact) {
        return fact.section() == SectionKind.FAMILY_HISTORY
                ? Said.FAMILY
                : Said.valueOf(fact.assertion().name());
    }

    private static Amount amount(DocumentText text, Measurement measurement) {
        return new Amount(
                measurement.comparator(),
                measurement.value(),
                measurement.second(),
                measurement.unit(),
                text.quote(measurement.span()).strip());
    }

    private static NotedFact unknown(DocumentText text, Span span) {
        return new NotedFact(
                Kind.UNKNOWN,
                "",
                text.quote(span),
                List.of(),
                Said.PRESENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                words(text, span));
    }

    private static NotedFact.Words words(DocumentText text, Span span) {
        return new NotedFact.Words(text.quote(span), span.start(), span.end());
    }
}
