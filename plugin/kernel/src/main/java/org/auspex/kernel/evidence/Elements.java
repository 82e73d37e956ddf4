package org.auspex.kernel.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.Criteria;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Which elements of a resource a card's criteria mean: the resource itself, or components of an Observation. */
public final class Elements {

    private Elements() {}

    /** The elements that carry one of the codes; empty when the resource is not meant. */
    static List<Base> matched(Criteria criteria, Resource resource) {
        if (!resource.fhirType().equals(criteria.resourceType())) {
            return List.of();
        }
        if (criteria.codes().isEmpty() || hasCode(criteria, resource)) {
            return List.of(resource);
        }
        return components(resource)
                .filter(component -> hasCode(criteria, component))
                .toList();
    }

    /** Whether type and codes of the criteria fit the resource; its other parameters are not looked at. */
    public static boolean match(Criteria criteria, Resource resource) {
        return !matched(criteria, resource).isEmpty();
    }

    private static Stream<Base> components(Resource resource) {
        return resource instanceof Observation observation
                ? observation.getComponent().stream().map(Base.class::cast)
                : Stream.empty();
    }

    private static boolean hasCode(Criteria criteria, Base element) {
        return Optional.ofNullable(element.getChildByName("code")).stream()
                .flatMap(property -> property.getValues().stream())
                .filter(CodeableConcept.class::isInstance)
                .anyMatch(code -> criteria.wants(Values.codes((CodeableConcept) code)));
    }
}
