package org.auspex.operations.consult;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.Standing;
import org.auspex.language.consult.PatientRecord;
import org.auspex.language.consult.ReadNote;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.language.filing.Filed;
import org.auspex.language.filing.PatientCheck;
import org.auspex.operations.summarize.NoteSource;
import org.auspex.store.Charts;
import org.auspex.store.Notes;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Patient;

/** Reads what of a patient's record a question can be answered from, where the client may read. */
public final class RecordSource {

    /** Notes can be large, and each is read anew for each question. */
    static final int NOTES = 20;

    private final Charts charts;
    private final Notes notes;
    private final NoteSource texts;

    public RecordSource(Charts charts, Notes notes, NoteSource texts) {
        this.charts = charts;
        this.notes = notes;
        this.texts = texts;
    }

    /**
     * The record as it could be read.
     *
     * @param unread notes that could not, and why, one sentence each
     */
    record Read(PatientRecord record, List<String> unread) {}

    Optional<Patient> patient(String reference, RequestDetails http) {
        return notes.patient(reference, http);
    }

    Read of(Patient patient, RequestDetails http) {
        var reference = "Patient/" + patient.getIdElement().getIdPart();
        var read = new ArrayList<ReadNote>();
        var unread = new ArrayList<String>();
        var usable = notes.newest(reference, http).stream()
                .filter(Standing::isEvidence)
                .filter(document -> document.getDocStatus() != DocumentReference.ReferredDocumentStatus.ENTEREDINERROR)
                .limit(NOTES)
                .toList();
        for (var document : usable) {
            try {
                read.add(read(new Filed(document, patient, notes.encounter(document, http)), http));
            } catch (DocumentRefused e) {
                unread.add("%s was not used. %s".formatted(reference(document), e.getMessage()));
            }
        }
        return new Read(new PatientRecord(reference, charts.entries(reference, http), read), unread);
    }

    /** A note that cannot be read, or is about somebody else, keeps nobody from an answer; it is named. */
    private ReadNote read(Filed filed, RequestDetails http) {
        var text = texts.text(filed, http);
        PatientCheck.of(filed, text.text());
        return new ReadNote(filed.document(), text);
    }

    private static String reference(DocumentReference document) {
        return "DocumentReference/" + document.getIdElement().getIdPart();
    }
}
