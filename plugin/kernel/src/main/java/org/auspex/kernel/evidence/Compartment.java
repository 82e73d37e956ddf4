package org.auspex.kernel.evidence;

import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Whose a resource is. FHIR R4 calls the element {@code subject} or {@code patient}, {@code encounter} or {@code context}; an appointment names
 * whoever takes part.
 */
public final class Compartment {

    private Compartment() {}

    /** The reference to the patient as the resource writes it; a Patient is its own. */
    public static Optional<String> patient(Resource resource) {
        if (resource instanceof Appointment appointment) {
            return appointment.getParticipant().stream()
                    .map(participant -> participant.getActor().getReference())
                    .filter(actor -> actor != null && plain(actor).startsWith("Patient/"))
                    .findFirst();
        }
        return resource.fhirType().equals("Patient")
                ? Optional.of("Patient/" + resource.getIdElement().getIdPart())
                : reference(resource, "subject").or(() -> reference(resource, "patient"));
    }

    /** The reference to the encounter as the resource writes it; an Encounter is its own. */
    public static Optional<String> encounter(Resource resource) {
        return resource.fhirType().equals("Encounter")
                ? Optional.of("Encounter/" + resource.getIdElement().getIdPart())
                : reference(resource, "encounter").or(() -> reference(resource, "context"));
    }

    /** {@code Type/id} without server or version; a reference that has no type is left as it is. */
    public static String plain(String reference) {
        var id = new IdType(reference);
        return id.hasResourceType() ? id.getResourceType() + "/" + id.getIdPart() : reference;
    }

    private static Optional<String> reference(Resource resource, String element) {
        return Stream.ofNullable(resource.getChildByName(element))
                .flatMap(property -> property.getValues().stream())
                .filter(Reference.class::isInstance)
                .map(value -> ((Reference) value).getReference())
                .filter(text -> text != null && !text.isBlank())
                .findFirst();
    }
}
