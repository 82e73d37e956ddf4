package org.auspex.language.draft;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.findings.Identity;
import org.auspex.language.chat.Reply;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.filing.Filed;
import org.auspex.language.prose.Form;
import org.auspex.language.prose.Telling;
import org.auspex.language.summary.Style;
import org.auspex.language.summary.Titles;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;

/** What is stored of one summary: the Composition, and the page as a DocumentReference. */
final class SummaryResources {

    private final Filed filed;
    private final DocumentText text;
    private final Reference author;
    private final Identity identity;
    private final Timeliness timeliness;
    private final Titles titles = new Titles();

    SummaryResources(Filed filed, DocumentText text, Reference author, Identity identity, Instant now) {
        this.filed = filed;
        this.text = text;
        this.author = author;
        this.identity = identity;
        this.timeliness = new Timeliness(filed.admission(), now);
    }

    Composition composition(Telling telling) {
        var summary = telling.summary();
        var composition = new SummaryComposition(subject(), author.copy()).of(telling, text, written());
        composition.setMeta(Findings.meta());
        composition.getIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        filed.encounterReference().ifPresent(encounter -> composition.setEncounter(new Reference(encounter)));
        if (summary.style() == Style.FIRST_COURSE_RECORD) {
            composition.addExtension(timely());
        }
        composition.setText(narrative(telling));
        return composition;
    }

    DocumentReference page(Telling telling) {
        var summary = telling.summary();
        var document = new DocumentReference();
        document.setMeta(Findings.meta());
        document.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setDocStatus(ReferredDocumentStatus.PRELIMINARY);
        document.setType(new CodeableConcept().setText("Summary beside the note it quotes"));
        document.setSubject(subject());
        document.setDate(written());
        document.addAuthor(author.copy());
        document.addRelatesTo()
                .setCode(DocumentRelationshipType.TRANSFORMS)
                .setTarget(new Reference(text.version().reference()));
        filed.encounterReference().ifPresent(encounter -> document.getContext().addEncounter(new Reference(encounter)));
        var page = new SummaryPage(text, header(telling), titles);
        document.addContent()
                .getAttachment()
                .setContentType("text/html; charset=utf-8")
                .setLanguage(summary.tongue().code())
                .setTitle(summary.title())
                .setData(page.of(telling).getBytes(StandardCharsets.UTF_8));
        return document;
    }

    private Reference subject() {
        return new Reference(filed.patientReference());
    }

    private Date written() {
        return Date.from(timeliness.written());
    }

    private List<String> header(Telling telling) {
        var summary = telling.summary();
        var machine = voices(telling)
                .map(voices -> titles.of("told", summary.tongue()).formatted(voices))
                .orElseGet(() -> titles.of("machine", summary.tongue()));
        return summary.style() == Style.FIRST_COURSE_RECORD
                ? List.of(machine, timeliness.words(titles, summary.tongue()))
                : List.of(machine);
    }

    /** The language models that told any of it, as the endpoint calls them. */
    private static Optional<String> voices(Telling telling) {
        return telling.writings().stream()
                .filter(writing -> writing.form() == Form.TOLD)
                .flatMap(writing -> writing.replies().stream())
                .map(Reply::served)
                .distinct()
                .reduce((one, other) -> one + ", " + other);
    }

    private Narrative narrative(Telling telling) {
        var lines = header(telling).stream()
                .map(line -> "<p>%s</p>".formatted(Markup.escaped(line)))
                .collect(Collectors.joining());
        var narrative = new Narrative().setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div>".formatted(lines));
        return narrative;
    }

    private Extension timely() {
        var extension = new Extension(SummaryComposition.TIMELINESS);
        timeliness.admission().ifPresent(admission -> {
            extension.addExtension("admission", new DateTimeType(admission.getValueAsString()));
            timeliness
                    .due()
                    .map(due -> new DateTimeType(Date.from(due), TemporalPrecisionEnum.SECOND, admission.getTimeZone()))
                    .ifPresent(due -> extension.addExtension("due", due));
        });
        extension.addExtension("state", new CodeType(timeliness.state()));
        return extension;
    }
}
