package org.auspex.kernel.evidence;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Medicines that an order or a statement names by reference in place of a code. The reference is made to hold the
 * Medication, as HAPI's parser does it for one that is contained.
 */
public final class Medications {

    private Medications() {}

    /** The references of these resources to Medications that are not at hand yet, as {@code Medication/id}. */
    public static List<String> wanted(Collection<Resource> resources) {
        return missing(resources)
                .map(reference -> Compartment.plain(reference.getReference()))
                .distinct()
                .toList();
    }

    /**
     * Puts Medications where these resources refer to them.
     *
     * @param find the Medication of a reference as it is written; empty if there is none
     */
    public static void resolve(Collection<Resource> resources, Function<String, Optional<Resource>> find) {
        for (var reference : missing(resources).toList()) {
            find.apply(reference.getReference())
                    .filter(Medication.class::isInstance)
                    .ifPresent(reference::setResource);
        }
    }

    /** The Medication that a resource names by reference. */
    static Stream<Medication> of(Base named) {
        return named instanceof Reference reference && reference.getResource() instanceof Medication medication
                ? Stream.of(medication)
                : Stream.empty();
    }

    private static Stream<Reference> missing(Collection<Resource> resources) {
        return resources.stream()
                .flatMap(resource -> Stream.ofNullable(resource.getNamedProperty("medication")))
                .flatMap(property -> property.getValues().stream())
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .filter(reference -> reference.getResource() == null
                        && reference.getReferenceElement().hasIdPart()
                        && !reference.getReferenceElement().isLocal());
    }
}
