package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
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
            return observation.getStatusElement().hasValue()
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

    /** When the resource could first be known: the later of its effect and its report. */
    static Instant known(Resource resource, Moment effective) {
        var reported = reported(resource);
        return reported.isPresent() && reported.get().isAfter(effective.start()) ? reported.get() : effective.start();
    }

    private static Optional<Instant> reported(Resource resource) {
        if (resource instanceof Observation observation) {
            return Optional.ofNullable(observation.getIssued()).map(Date::toInstant);
        }
        return resource instanceof Condition condition
                ? Optional.ofNullable(condition.getRecordedDate()).map(Date::toInstant)
                : Optional.empty();
    }

    private static boolean holds(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(coding.getCode()));
    }
}
