package org.auspex.kernel.evidence;

import java.util.Optional;

/**
 * Whom a prediction is about.
 *
 * @param reference the subject itself, {@code Patient/1}, {@code Encounter/2}, {@code ImagingStudy/3} or
 *     {@code DocumentReference/4}
 * @param patient the patient behind it, {@code Patient/1}
 */
public record Subject(String reference, String patient) {

    public static Subject patient(String reference) {
        return new Subject(reference, reference);
    }

    /** Type of the subject, such as {@code Patient}. */
    public String type() {
        return reference.substring(0, reference.indexOf('/'));
    }

    /**
     * The subject of another type that this one stands for: an encounter's patient; empty if it stands for none, as the images
     * of a study and the words of a document do.
     */
    public Optional<Subject> as(String type) {
        if (type.equals(type())) {
            return Optional.of(this);
        }
        return type.equals("Patient") && !isStudy() && !isDocument() ? Optional.of(patient(patient)) : Optional.empty();
    }

    /** Whether it is about the images of one study. */
    public boolean isStudy() {
        return type().equals("ImagingStudy");
    }

    /** Whether it is about the words of one document. */
    public boolean isDocument() {
        return type().equals("DocumentReference");
    }

    /** Whether a resource about the patient is evidence about this subject: of several studies or documents only its own. */
    public boolean isOwn(String resourceType, String id) {
        return !(isStudy() || isDocument()) || !resourceType.equals(type()) || reference.equals(type() + "/" + id);
    }

    /** Whether only evidence of one encounter counts. */
    public boolean isEncounter() {
        return type().equals("Encounter");
    }
}
