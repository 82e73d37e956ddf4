package org.auspex.kernel.findings;

import java.util.Locale;
import java.util.Optional;
import org.auspex.kernel.notes.Amount;
import org.auspex.kernel.notes.NotedFact;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.kernel.notes.Refusal;
import org.auspex.kernel.notes.Standardised;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ListResource.ListEntryComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** One thing that a document names, in the List that reports on all of them: original, chosen, converted, or why refused. */
final class StandardisationEntry {

    private static final String URL = Systems.AUSPEX + "/StructureDefinition/standardisation";
    private static final String WRITTEN = "written";

    private final ReadNote note;
    private final Standardised fact;

    StandardisationEntry(ReadNote note, Standardised fact) {
        this.note = note;
        this.fact = fact;
    }

    /** @param written what was written for it */
    ListEntryComponent of(Optional<Reference> written) {
        var entry = new ListEntryComponent();
        entry.setItem(written.orElseGet(Reference::new).setDisplay(words()));
        entry.getFlag()
                .setText(fact.refusal().isPresent() ? fact.reason() : WRITTEN)
                .addCoding()
                .setSystem(Systems.STANDARDISATION)
                .setCode(fact.refusal().map(Refusal::code).orElse(WRITTEN));
        entry.addExtension(SourceSpan.of(note, fact.fact().words()));
        entry.addExtension(standardised());
        return entry;
    }

    private String words() {
        return fact.fact()
                .amount()
                .map(amount -> "%s: %s".formatted(fact.fact().words().text(), amount.written()))
                .orElse(fact.fact().words().text());
    }

    private Extension standardised() {
        var noted = fact.fact();
        var extension = new Extension(URL);
        extension.addExtension("kind", code(noted.kind()));
        extension.addExtension("words", new StringType(noted.words().text()));
        if (noted.kind() != NotedFact.Kind.UNKNOWN) {
            extension.addExtension("assertion", code(noted.said()));
        }
        if (!noted.name().isEmpty()) {
            extension.addExtension("concept", new StringType(noted.name()));
        }
        noted.codes()
                .forEach(chosen -> extension.addExtension("code", new Coding(chosen.system(), chosen.code(), null)));
        noted.amount().ifPresent(amount -> amount(extension, amount));
        fact.amount()
                .ifPresent(amount -> NoteRecords.quantities(amount)
                        .forEach(quantity -> extension.addExtension("converted", quantity)));
        return extension;
    }

    private static void amount(Extension extension, Amount amount) {
        extension.addExtension("value", new StringType(amount.written()));
        amount.unit().ifPresent(unit -> extension.addExtension("unit", new CodeType(unit)));
    }

    private static CodeType code(Enum<?> value) {
        return new CodeType(value.name().toLowerCase(Locale.ROOT));
    }
}
