package org.auspex.kernel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;

/** What the record says of imaging studies, for whoever receives their images. */
public interface StudyRecord {

    /** All Patients with an identifier. */
    List<Patient> patients(Identifier identifier);

    /** The ImagingStudy of a study, with its version. */
    Optional<ImagingStudy> find(String studyInstanceUid);

    /**
     * Writes an ImagingStudy as any clinical write: it may ask for predictions.
     *
     * @param study as it was found and then completed, or a new one without an id
     * @return its reference
     * @throws RuntimeException if somebody else wrote it since it was found; read it again then
     */
    String write(ImagingStudy study);

    /** The reference of what says where images are fetched from, written if it is not there. */
    String endpoint(Endpoint endpoint);

    /** Tells an operator that a study's images are there, and why it is in nobody's record. */
    void unlinked(Unlinked study);

    /** Tells that the study is in somebody's record now, if it was reported not to be. */
    void linked(String studyInstanceUid, String reference);

    /** Studies that were reported, and that an operator wants to be tried again. */
    Set<String> askedAgain();

    /**
     * A study in nobody's record.
     *
     * @param patient whom the images name, if they do in a way that the record understands
     * @param reason without anything about the patient
     */
    record Unlinked(String studyInstanceUid, Optional<Identifier> patient, String reason) {}
}
