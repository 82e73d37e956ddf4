package org.auspex.kernel.evidence;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.notes.ReadNote;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Reads what clinical documents state. */
public interface NoteReader {

    /** A server that reads no documents. */
    NoteReader NONE = note -> {
        throw new NoteRefused("nothing here reads documents");
    };

    /**
     * What a document states about its patient, in the order of its words.
     *
     * @param note a DocumentReference or a DiagnosticReport
     * @throws NoteRefused if it cannot be read, and why
     */
    List<Statement> statements(Resource note);

    /**
     * Everything that a document names, also what is no statement about its patient.
     *
     * @param note a DocumentReference or a DiagnosticReport
     * @param patient whom it must be about, as far as its header tells; empty = it is not asked
     * @throws NoteRefused if it cannot be read, and why
     */
    default ReadNote read(Resource note, Optional<Patient> patient) {
        throw new NoteRefused("nothing here reads documents");
    }

    /**
     * What a document says, sentence by sentence, without its headings.
     *
     * @param note a DocumentReference or a DiagnosticReport
     * @param patient whom it must be about, as far as its header tells; empty = it is not asked
     * @throws NoteRefused if it cannot be read, and why
     */
    default List<Feature.Sentence> sentences(Resource note, Optional<Patient> patient) {
        throw new NoteRefused("nothing here reads documents");
    }

    /** Why a card cannot ask for a concept of this name or code; empty when it can. */
    default Optional<String> problem(String concept) {
        return Optional.empty();
    }
}
