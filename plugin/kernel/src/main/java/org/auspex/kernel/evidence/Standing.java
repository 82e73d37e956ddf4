package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.Set;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Which resources are evidence at all, whatever they say. */
final class Standing {

    private static final Set<String> OBSERVATION_NEVER = Set.of("registered", "cancelled", "entered-in-error");
    private static final Set<String> CONDITION_NEVER = Set.of("refuted", "entered-in-error");
    private static final Set<String> CONDITION_PAST = Set.of("inactive", "remission", "resolved");

    private Standing() {}

    /** Whether the resource's status lets it count. */
    static boolean counts(Resource resource) {
        if (resource instanceof Observation observation) {
            return observation.hasStatus()
                    && !OBSERVATION_NEVER.contains(observation.getStatus().toCode());
        }
        if (resource instanceof Condition condition) {
            return !holds(condition.getVerificationStatus(), CONDITION_NEVER)
                    && !holds(condition.getClinicalStatus(), CONDITION_PAST);
        }
        return true;
    }

    /** Whether an AI asserted it, ours or another's. */
    static boolean isAiAsserted(Resource resource) {
        return resource.getMeta().getSecurity().stream()
                .anyMatch(label ->
                        Systems.AIAST.equals(label.getCode()) && Systems.OBSERVATION_VALUE.equals(label.getSystem()));
    }

    /** When the resource could first be known: its issue, where it has one. */
    static Instant known(Resource resource, Moment effective) {
        if (resource instanceof Observation observation && observation.hasIssued()) {
            var issued = observation.getIssued().toInstant();
            return issued.isAfter(effective.start()) ? issued : effective.start();
        }
        return effective.start();
    }

    private static boolean holds(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(coding.getCode()));
    }
}
