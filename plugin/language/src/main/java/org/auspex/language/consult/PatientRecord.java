package org.auspex.language.consult;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * What of a patient's record a question is answered from.
 *
 * @param patient {@code Patient/1}
 * @param entries Conditions, MedicationRequests, MedicationStatements, AllergyIntolerances, Observations and DiagnosticReports that are evidence, newest first within their type
 * @param notes newest first
 */
public record PatientRecord(String patient, List<Resource> entries, List<ReadNote> notes) {

    public PatientRecord {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }
}
