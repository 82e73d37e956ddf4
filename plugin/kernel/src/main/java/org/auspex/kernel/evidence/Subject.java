package org.auspex.kernel.evidence;

/**
 * Whom a prediction is about.
 *
 * @param reference the subject itself, {@code Patient/1} or {@code Encounter/2}
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

    /** Whether only evidence of one encounter counts. */
    public boolean isEncounter() {
        return type().equals("Encounter");
    }
}
