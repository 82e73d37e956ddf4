package org.auspex.language.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.Rereading;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.findings.Author;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.findings.ResultProvenance;
import org.auspex.kernel.model.ModelCard.About;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Sha256;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.filing.Filed;
import org.auspex.language.prose.Teller;
import org.auspex.language.summary.Style;
import org.auspex.language.summary.Summaries;
import org.auspex.language.summary.Tongue;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** {@code note-summary}: a filed document as a summary that can be stored like any other result. */
public final class NoteSummary implements Rereading {

    /** A change of what it says of the same note is a new version. */
    static final ModelId MODEL = new ModelId("note-summary", "1.0.0");

    private static final About ABOUT = new About(
            "Summary of a note",
            "Shortens a clinical note for a clinician who reads it against the note; not a diagnosis.",
            "Apache-2.0",
            "none: it works by rules");

    private static final String DOCUMENT = "document";
    private static final String ADMISSION = "admission";

    private final Summaries summaries;
    private final Teller teller;

    /** @param teller of summaries that are not to stay quoted */
    public NoteSummary(Summaries summaries, Teller teller) {
        this.summaries = summaries;
        this.teller = teller;
    }

    /** Who says the summaries. */
    public static Author author() {
        try (var card = NoteSummary.class.getResourceAsStream("note-summary.md")) {
            var text = new String(Objects.requireNonNull(card).readAllBytes(), StandardCharsets.UTF_8);
            return ModelDevice.author(MODEL, ABOUT, text);
        } catch (IOException e) {
            throw new UncheckedIOException("note-summary.md cannot be read", e);
        }
    }

    /**
     * What the summary quotes, to be told or left so.
     *
     * @throws DocumentRefused if the note says nothing that a summary in this style quotes
     */
    public Draft of(Filed filed, DocumentText text, Style style, Tongue tongue, Instant now) {
        var summary = summaries.of(text, style, tongue);
        if (summary.quotations().isEmpty()) {
            throw new DocumentRefused(
                    Reason.NOTHING_TO_QUOTE,
                    "%s has no section that the style %s quotes, such as a complaint, findings or a plan. Give its sections headings"
                            .formatted(text.version(), style.code()));
        }
        return new Draft(
                new Source(filed, text, basis(filed, text.version().reference(), style)), summary, teller, now);
    }

    static Reference device() {
        return ModelDevice.reference(MODEL, ABOUT);
    }

    static ResultProvenance provenance() {
        return new ResultProvenance(device(), ModelDevice.cardReference(MODEL));
    }

    private static List<Piece> basis(Filed filed, String version, Style style) {
        var basis = new ArrayList<Piece>();
        basis.add(new Piece(DOCUMENT, version, fingerprint(filed.document())));
        if (style == Style.FIRST_COURSE_RECORD) {
            filed.encounter().map(NoteSummary::admission).ifPresent(piece -> basis.add(piece));
        }
        return basis;
    }

    @Override
    public Optional<List<Piece>> pieces(ModelId model, Resource resource) {
        if (!model.name().equals(MODEL.name())) {
            return Optional.empty();
        }
        if (resource instanceof DocumentReference document) {
            return Optional.of(
                    isInError(document)
                            ? List.of()
                            : List.of(new Piece(DOCUMENT, versioned(document), fingerprint(document))));
        }
        return Optional.of(
                resource instanceof Encounter encounter
                                && encounter.getStatus() != Encounter.EncounterStatus.ENTEREDINERROR
                        ? List.of(admission(encounter))
                        : List.of());
    }

    private static boolean isInError(DocumentReference document) {
        return document.getStatus() == DocumentReferenceStatus.ENTEREDINERROR
                || document.getDocStatus() == ReferredDocumentStatus.ENTEREDINERROR;
    }

    private static Piece admission(Encounter encounter) {
        return new Piece(
                ADMISSION,
                versioned(encounter),
                String.valueOf(encounter.getPeriod().getStartElement().getValueAsString()));
    }

    /** What can be known of its attachments without fetching them. */
    private static String fingerprint(DocumentReference document) {
        return document.getContent().stream()
                .map(DocumentReferenceContentComponent::getAttachment)
                .map(NoteSummary::fingerprint)
                .collect(Collectors.joining("\n"));
    }

    private static String fingerprint(Attachment attachment) {
        var data = attachment.hasData() ? Base64.getEncoder().encodeToString(attachment.getData()) : "";
        return String.join(
                " ",
                String.valueOf(attachment.getContentType()),
                String.valueOf(attachment.getUrl()),
                String.valueOf(attachment.getHashElement().getValueAsString()),
                Sha256.of(data));
    }

    private static String versioned(Resource resource) {
        return "%s/%s/_history/%s"
                .formatted(
                        resource.fhirType(),
                        resource.getIdElement().getIdPart(),
                        resource.getMeta().hasVersionId()
                                ? resource.getMeta().getVersionId()
                                : resource.getIdElement().getVersionIdPart());
    }
}
