package org.auspex.language.filing;

import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;

/**
 * A document in the record.
 *
 * @param patient whom it is filed under
 * @param encounter that it belongs to
 */
public record Filed(DocumentReference document, Patient patient, Optional<Encounter> encounter) {

    /** When the patient was admitted: the encounter's start, else that of the time the document is about, else the document's date. */
    public Optional<BaseDateTimeType> admission() {
        return encounter
                .map(found -> found.getPeriod().getStartElement())
                .filter(BaseDateTimeType::hasValue)
                .map(BaseDateTimeType.class::cast)
                .or(() -> Optional.<BaseDateTimeType>of(
                                document.getContext().getPeriod().getStartElement())
                        .filter(BaseDateTimeType::hasValue))
                .or(() ->
                        Optional.<BaseDateTimeType>of(document.getDateElement()).filter(BaseDateTimeType::hasValue));
    }

    /** {@code DocumentReference/1}. */
    public String reference() {
        return "DocumentReference/" + document.getIdElement().getIdPart();
    }

    /** {@code Patient/1}. */
    public String patientReference() {
        return "Patient/" + patient.getIdElement().getIdPart();
    }

    /** {@code Encounter/1}. */
    public Optional<String> encounterReference() {
        return encounter.map(found -> "Encounter/" + found.getIdElement().getIdPart());
    }
}
