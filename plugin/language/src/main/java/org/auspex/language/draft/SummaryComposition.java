package org.auspex.language.draft;

import java.util.Date;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.DocumentVersion;
import org.auspex.language.prose.Form;
import org.auspex.language.prose.Notices;
import org.auspex.language.prose.Statement;
import org.auspex.language.prose.Telling;
import org.auspex.language.prose.Telling.Told;
import org.auspex.language.prose.Writing;
import org.auspex.language.summary.Quotation;
import org.auspex.language.summary.Tongue;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeType;
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

    /** On a section, once for each source of a sentence of its text: where it stands in the document. */
    public static final String SOURCE_SPAN = Systems.AUSPEX + "/StructureDefinition/source-span";

    /** On a first course record: when the patient was admitted, when the record was due, and whether it is overdue. */
    public static final String TIMELINESS = Systems.AUSPEX + "/StructureDefinition/timeliness";

    /** On a section that was to be told: whether it was, and if not, why. */
    public static final String WORDING = Systems.AUSPEX + "/StructureDefinition/wording";

    private static final String SUMMARY_OF_DOCUMENT = "34133-9";
    private static final String EMPTY_REASON = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

    private final Reference subject;
    private final Reference author;
    private final Notices notices = new Notices();

    /**
     * @param subject whom the document is about
     * @param author the Device that stands for the summary's maker
     */
    public SummaryComposition(Reference subject, Reference author) {
        this.subject = subject;
        this.author = author;
    }

    public Composition of(Telling telling, DocumentText document, Date date) {
        var summary = telling.summary();
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
        telling.parts().forEach(told -> composition.addSection(section(told, summary.tongue(), document)));
        return composition;
    }

    private SectionComponent section(Told told, Tongue tongue, DocumentText document) {
        var writing = told.writing();
        var part = writing.part();
        var section = new SectionComponent().setTitle(part.title());
        if (!part.quotations().isEmpty()) {
            section.setText(narrative(writing, tongue));
            section.addEntry(new Reference(document.version().reference()));
            wording(writing).ifPresent(section::addExtension);
            var statements = writing.statements();
            for (int i = 0; i < statements.size(); i++) {
                for (var quotation : statements.get(i).sources()) {
                    section.addExtension(source(document, quotation, i));
                }
            }
        } else if (part.parts().isEmpty()) {
            section.setEmptyReason(new CodeableConcept(new Coding(EMPTY_REASON, "unavailable", "Unavailable")));
        }
        told.parts().forEach(inner -> section.addSection(section(inner, tongue, document)));
        return section;
    }

    private Narrative narrative(Writing writing, Tongue tongue) {
        var notice = notices.of(writing.form(), tongue)
                .map(words -> "<p><i>%s</i></p>".formatted(Markup.escaped(words)))
                .orElse("");
        var paragraphs = writing.statements().stream()
                .map(statement ->
                        "<p title=\"%s\">%s</p>".formatted(places(statement), Markup.escaped(statement.text())))
                .collect(Collectors.joining());
        var narrative = new Narrative().setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDivAsString(
                "<div xmlns=\"http://www.w3.org/1999/xhtml\">%s%s</div>".formatted(notice, paragraphs));
        return narrative;
    }

    private static String places(Statement statement) {
        return statement.sources().stream()
                .map(quotation ->
                        quotation.source().start() + "-" + quotation.source().end())
                .collect(Collectors.joining(" "));
    }

    private static Optional<Extension> wording(Writing writing) {
        if (writing.form() == Form.QUOTED) {
            return Optional.empty();
        }
        var extension = new Extension(WORDING);
        extension.addExtension("form", new CodeType(writing.form().code()));
        writing.failure()
                .ifPresent(failure -> extension.addExtension(
                        "reason", new CodeType(failure.reason().code())));
        return Optional.of(extension);
    }

    private static Extension source(DocumentText document, Quotation quotation, int sentence) {
        DocumentVersion version = document.version();
        var extension = new Extension(SOURCE_SPAN);
        extension.addExtension("sentence", new IntegerType(sentence));
        extension.addExtension("document", new Reference(version.reference()));
        extension.addExtension("attachment", new IntegerType(version.attachment()));
        extension.addExtension("start", new IntegerType(quotation.source().start()));
        extension.addExtension("end", new IntegerType(quotation.source().end()));
        extension.addExtension("sha256", new StringType(document.sha256()));
        return extension;
    }
}
