package org.auspex.kernel.evidence;

import java.util.List;
import java.util.stream.Stream;
import org.auspex.kernel.features.Criteria;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Which elements of a resource a card's criteria mean: the resource itself, or components of an Observation. */
final class Elements {

    /** Where each type says what it is about. */
    private static final List<String> CODED = List.of("code", "medication", "condition", "type");

    /** What an appointment is for. */
    private static final List<String> OF_APPOINTMENT = List.of("serviceType", "specialty", "reasonCode");

    private final Vocabulary vocabulary;

    Elements(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The elements that carry one of the codes; empty when the resource is not meant. */
    List<Base> matched(Criteria criteria, Resource resource) {
        if (!resource.fhirType().equals(criteria.resourceType())) {
            return List.of();
        }
        if (criteria.isAnyCode() || hasCode(criteria, resource)) {
            return List.of(resource);
        }
        return components(resource)
                .filter(component -> hasCode(criteria, component))
                .toList();
    }

    /** Parts of a resource that carry a code of their own. */
    private static Stream<Base> components(Resource resource) {
        if (resource instanceof Observation observation) {
            return observation.getComponent().stream().map(Base.class::cast);
        }
        return resource instanceof FamilyMemberHistory history
                ? history.getCondition().stream().map(Base.class::cast)
                : Stream.empty();
    }

    private boolean hasCode(Criteria criteria, Base element) {
        return (element instanceof Appointment ? OF_APPOINTMENT : CODED)
                .stream()
                        .flatMap(name -> Stream.ofNullable(element.getNamedProperty(name)))
                        .flatMap(property -> property.getValues().stream())
                        .flatMap(named -> Stream.concat(
                                Stream.of(named), Medications.of(named).map(Medication::getCode)))
                        .filter(CodeableConcept.class::isInstance)
                        .anyMatch(concept -> wants(criteria, Values.codes((CodeableConcept) concept)));
    }

    private boolean wants(Criteria criteria, List<Code> found) {
        var meanings = found.stream()
                .flatMap(code -> vocabulary.meanings(code).stream())
                .toList();
        return criteria.wants(meanings)
                || criteria.valueSets().stream()
                        .anyMatch(set -> meanings.stream().anyMatch(code -> vocabulary.isMember(set, code)));
    }
}
