package org.auspex.operations.summarize;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import java.util.function.Supplier;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.language.documents.AttachmentBytes;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.documents.Documents;
import org.auspex.language.documents.Limits;
import org.auspex.language.documents.Listed;
import org.auspex.language.filing.Filed;
import org.auspex.language.filing.NoteChoice;
import org.auspex.operations.Refusal;
import org.auspex.store.Notes;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Finds the note that is meant, and reads it, where the client may read. */
public final class NoteSource {

    private final Notes notes;
    private final Listed elsewhere;

    /** @param elsewhere addresses that may be asked for attachments */
    public NoteSource(Notes notes, Listed elsewhere) {
        this.notes = notes;
        this.elsewhere = elsewhere;
    }

    /** @param about {@code DocumentReference/1}, or the Patient or Encounter of whose notes one is chosen */
    Filed note(String about, RequestDetails http) {
        if (about.startsWith("DocumentReference/")) {
            var document = notes.document(about, http).orElseThrow(missing(about));
            return filed(document, notes.encounter(document, http), http);
        }
        if (about.startsWith("Encounter/")) {
            var encounter = notes.encounter(about, http).orElseThrow(missing(about));
            return filed(newest(about, http), Optional.of(encounter), http);
        }
        if (notes.patient(about, http).isEmpty()) {
            throw missing(about).get();
        }
        var document = newest(about, http);
        return filed(document, notes.encounter(document, http), http);
    }

    /** @throws org.auspex.language.documents.DocumentRefused if it cannot be read */
    public DocumentText text(Filed note, RequestDetails http) {
        AttachmentBytes bytes = (url, most) -> Listed.binary(url)
                .flatMap(binary -> notes.bytes(binary, http))
                .orElseGet(() -> elsewhere.at(url, most));
        return new Documents(Limits.USUAL, bytes).read(note.document());
    }

    private DocumentReference newest(String about, RequestDetails http) {
        return NoteChoice.of(notes.newest(about, http))
                .orElseThrow(() -> Refusal.of(
                        IssueType.NOTFOUND,
                        "no-note",
                        "%s has no current DocumentReference with an attachment. Store the note, or ask about the DocumentReference itself"
                                .formatted(about)));
    }

    private Filed filed(DocumentReference document, Optional<Encounter> encounter, RequestDetails http) {
        var reference = "DocumentReference/" + document.getIdElement().getIdPart();
        if (Triggers.isOurs(document)) {
            throw Refusal.of(
                    IssueType.BUSINESSRULE,
                    "no-note",
                    "%s is a summary itself. Ask about the note that it is of".formatted(reference));
        }
        return Compartment.patient(document)
                .map(Compartment::plain)
                .filter(patient -> patient.startsWith("Patient/"))
                .flatMap(patient -> notes.patient(patient, http))
                .map(patient -> new Filed(document, patient, encounter))
                .orElseThrow(() -> Refusal.of(
                        IssueType.BUSINESSRULE,
                        "no-patient",
                        "The subject of %s is no Patient that is here. Name the patient in its subject"
                                .formatted(reference)));
    }

    private static Supplier<ResourceNotFoundException> missing(String reference) {
        return () -> new ResourceNotFoundException("%s is not on this server".formatted(reference));
    }
}
