package org.auspex.language.documents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Resource;

/** Reads documents: of several attachments with the same content the one that is cited best, whose format can be read. */
public final class Documents {

    private final Limits limits;
    private final Attachments attachments;

    public Documents(Limits limits, AttachmentBytes elsewhere) {
        this.limits = limits;
        this.attachments = new Attachments(limits, elsewhere);
    }

    /** @throws DocumentRefused if it was entered in error, or none of its attachments can be read */
    public DocumentText read(DocumentReference document) {
        if (document.getStatus() == DocumentReferenceStatus.ENTEREDINERROR
                || document.getDocStatus() == DocumentReference.ReferredDocumentStatus.ENTEREDINERROR) {
            throw withdrawn(document);
        }
        return read(
                document,
                document.getContent().stream()
                        .map(DocumentReference.DocumentReferenceContentComponent::getAttachment)
                        .toList());
    }

    /** @throws DocumentRefused if it was entered in error, or none of its presented forms can be read */
    public DocumentText read(DiagnosticReport report) {
        if (report.getStatus() == DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR) {
            throw withdrawn(report);
        }
        return read(report, report.getPresentedForm());
    }

    private DocumentText read(Resource resource, List<Attachment> given) {
        if (given.isEmpty()) {
            throw new DocumentRefused(
                    Reason.EMPTY, "%s has no attachment. Add one with data or url".formatted(reference(resource)));
        }
        var refused = new ArrayList<DocumentRefused>();
        var order = IntStream.range(0, given.size())
                .boxed()
                .sorted(Comparator.comparing(place -> Attachments.rank(given.get(place))))
                .toList();
        for (int place : order) {
            try {
                return read(new DocumentVersion(reference(resource), place), given.get(place));
            } catch (DocumentRefused e) {
                refused.add(e);
            }
        }
        throw refused.size() == 1 ? refused.get(0) : allRefused(refused);
    }

    private static DocumentRefused allRefused(List<DocumentRefused> refused) {
        var reasons = String.join(
                "; ", refused.stream().map(DocumentRefused::getMessage).toList());
        var all = new DocumentRefused(
                refused.get(0).reason(), "None of %d attachments is read: %s".formatted(refused.size(), reasons));
        refused.forEach(all::addSuppressed);
        return all;
    }

    private DocumentText read(DocumentVersion version, Attachment attachment) {
        var bytes = attachments.bytes(attachment);
        var type = ContentType.of(attachment.getContentType());
        var format = Format.of(type.name(), bytes);
        var extract = reader(format).read(bytes, type.charset());
        if (extract.text().isBlank()) {
            throw new DocumentRefused(Reason.EMPTY, "The attachment has no words. Send the note itself");
        }
        return new DocumentText(version, format, extract.text(), extract.passages(), extract.unread());
    }

    private Reader reader(Format format) {
        return switch (format) {
            case PLAIN -> new PlainReader(limits);
            case HTML -> new HtmlReader(limits);
            case RTF -> new RtfReader(limits);
            case PDF -> new PdfReader(limits);
            case CDA -> new CdaReader(limits, this::bodyOfCda);
        };
    }

    private Extract bodyOfCda(String mediaType, byte[] bytes) {
        limits.checkBytes(bytes.length);
        var type = ContentType.of(mediaType);
        var format = Format.of(type.name(), bytes);
        if (format == Format.CDA) {
            throw new DocumentRefused(
                    Reason.TOO_DEEP, "The document has another CDA document for its body. Send that one");
        }
        return reader(format).read(bytes, type.charset());
    }

    private static DocumentRefused withdrawn(Resource resource) {
        return new DocumentRefused(
                Reason.WITHDRAWN, "%s was entered in error. Ask for another document".formatted(reference(resource)));
    }

    private static String reference(Resource resource) {
        var id = resource.getIdElement();
        var reference = resource.fhirType() + "/" + id.getIdPart();
        return id.hasVersionIdPart()
                ? reference + "/_history/" + id.getVersionIdPart()
                : resource.getMeta().hasVersionId()
                        ? reference + "/_history/" + resource.getMeta().getVersionId()
                        : reference;
    }
}
