package org.auspex.language.summary;

import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.DocumentVersion;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** A summary as FHIR: preliminary, labelled as said by a machine, each sentence with an extension that names its source. */
public final class SummaryComposition {

    /** On a section, once for each sentence of its text: where the sentence stands in the document. */
    public static final String SOURCE_SPAN = Systems.AUSPEX + "/StructureDefinition/source-span";

    /** On a first course record: when the patient was admitted, when the record was due, and whether it is overdue. */
    public static final String TIMELINESS = Systems.AUSPEX + "/StructureDefinition/timeliness";

    private static final String SUMMARY_OF_DOCUMENT = "34133-9";
    private static final String EMPTY_REASON = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

    private final Reference subject;
    private final Reference author;

    /**
     * @param subject whom the document is about
     * @param author the Device that stands for the summary's maker
     */
    public SummaryComposition(Reference subject, Reference author) {
        this.subject = subject;
        this.author = author;
    }

    public Composition of(Summary summary, DocumentText document, Date date) {
        var composition = new Composition()
                .setStatus(Composition.CompositionStatus.PRELIMINARY)
                .setType(new CodeableConcept(new Coding(Systems.LOINC, SUMMARY_OF_DOCUMENT, "Summary of episode note")))
                .setSubject(subject)
                .setDate(date)
                .addAuthor(author)
                .setTitle(summary.title());
        composition.setLanguage(summary.tongue().code());
        composition.getMeta().addSecurity(new Coding(Systems.OBSERVATION_VALUE, Systems.AIAST, null));
        composition
                .addRelatesTo()
                .setCode(Composition.DocumentRelationshipType.TRANSFORMS)
                .setTarget(new Reference(document.version().reference()));
        summary.parts().forEach(part -> composition.addSection(section(part, document)));
        return composition;
    }

    private static SectionComponent section(Part part, DocumentText document) {
        var section = new SectionComponent().setTitle(part.title());
        if (!part.quotations().isEmpty()) {
            section.setText(narrative(part.quotations()));
            section.addEntry(new Reference(document.version().reference()));
            part.quotations().forEach(quotation -> section.addExtension(source(document, quotation)));
        } else if (part.parts().isEmpty()) {
            section.setEmptyReason(new CodeableConcept(new Coding(EMPTY_REASON, "unavailable", "Unavailable")));
        }
        part.parts().forEach(inner -> section.addSection(section(inner, document)));
        return section;
    }

    private static Narrative narrative(List<Quotation> quotations) {
        var paragraphs = quotations.stream()
                .map(quotation -> "<p title=\"%d-%d\">%s</p>"
                        .formatted(
                                quotation.source().start(), quotation.source().end(), Markup.escaped(quotation.text())))
                .collect(Collectors.joining());
        var narrative = new Narrative().setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div>".formatted(paragraphs));
        return narrative;
    }

    private static Extension source(DocumentText document, Quotation quotation) {
        DocumentVersion version = document.version();
        var extension = new Extension(SOURCE_SPAN);
        extension.addExtension("document", new Reference(version.reference()));
        extension.addExtension("attachment", new IntegerType(version.attachment()));
        extension.addExtension("start", new IntegerType(quotation.source().start()));
        extension.addExtension("end", new IntegerType(quotation.source().end()));
        extension.addExtension("sha256", new StringType(document.sha256()));
        return extension;
    }
}
