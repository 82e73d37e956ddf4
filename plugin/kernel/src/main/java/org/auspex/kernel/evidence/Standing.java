package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/** Which resources are evidence at all, whatever they say. */
public final class Standing {

    /** Statuses with which a resource says nothing about the patient, by type. */
    private static final Map<String, Set<String>> NEVER = Map.ofEntries(
            Map.entry("DocumentReference", Set.of("superseded", "entered-in-error")),
            Map.entry("Observation", Set.of("registered", "cancelled", "entered-in-error")),
            Map.entry("Procedure", Set.of("preparation", "not-done", "entered-in-error", "unknown")),
            Map.entry("MedicationRequest", Set.of("draft", "cancelled", "entered-in-error", "unknown")),
            Map.entry("MedicationStatement", Set.of("not-taken", "intended", "entered-in-error", "unknown")),
            Map.entry("MedicationAdministration", Set.of("not-done", "entered-in-error", "unknown")),
            Map.entry(
                    "MedicationDispense",
                    Set.of(
                            "preparation",
                            "in-progress",
                            "on-hold",
                            "stopped",
                            "cancelled",
                            "declined",
                            "entered-in-error",
                            "unknown")),
            Map.entry("FamilyMemberHistory", Set.of("entered-in-error", "health-unknown")),
            Map.entry("QuestionnaireResponse", Set.of("in-progress", "entered-in-error", "stopped")),
            Map.entry("ServiceRequest", Set.of("draft", "revoked", "entered-in-error", "unknown")),
            Map.entry("Encounter", Set.of("planned", "cancelled", "entered-in-error", "unknown")));

    /** The same for types not named above, as far as they have a status. */
    private static final Set<String> NEVER_ELSEWHERE =
            Set.of("entered-in-error", "cancelled", "draft", "registered", "not-done", "preparation");

    /** One of several diagnoses that exclude each other is none yet. */
    private static final Set<String> DIAGNOSIS_NEVER = Set.of("refuted", "entered-in-error", "differential");

    private static final Set<String> ONLY_PROPOSED = Set.of("proposal", "option");
    private static final Set<String> CONDITION_PAST = Set.of("inactive", "remission", "resolved");
    private static final Set<String> LASTING = Set.of("MedicationRequest", "MedicationStatement", "Encounter");

    private Standing() {}

    /** Whether a person may rest an answer on the resource: its status lets it count, and no AI asserted it. */
    public static boolean isEvidence(Resource resource) {
        return counts(resource) && !isAiAsserted(resource);
    }

    /** Whether the resource's status lets it count. */
    static boolean counts(Resource resource) {
        if (resource instanceof Condition condition) {
            return !holds(condition.getVerificationStatus(), DIAGNOSIS_NEVER);
        }
        if (resource instanceof AllergyIntolerance allergy) {
            return !holds(allergy.getVerificationStatus(), DIAGNOSIS_NEVER);
        }
        if (resource instanceof DetectedIssue issue) {
            return isAnswered(issue);
        }
        var never = NEVER.get(resource.fhirType());
        if (never == null) {
            return status(resource).filter(NEVER_ELSEWHERE::contains).isEmpty();
        }
        var status = status(resource);
        return status.isPresent() && !never.contains(status.get()) && !isNotOrdered(resource);
    }

    /** An issue that a machine raised says nothing before a person has confirmed it or said what was done. */
    private static boolean isAnswered(DetectedIssue issue) {
        return issue.getStatus() == DetectedIssue.DetectedIssueStatus.FINAL
                || issue.getStatus() == DetectedIssue.DetectedIssueStatus.AMENDED
                || issue.getStatus() == DetectedIssue.DetectedIssueStatus.CORRECTED
                || (issue.hasMitigation() && issue.getStatus() == DetectedIssue.DetectedIssueStatus.PRELIMINARY);
    }

    /** An order that says what must not be given or done, or that nobody has made yet. */
    private static boolean isNotOrdered(Resource resource) {
        if (resource instanceof ServiceRequest request) {
            return request.getDoNotPerform()
                    || (request.getIntentElement().hasValue()
                            && ONLY_PROPOSED.contains(request.getIntent().toCode()));
        }
        return resource instanceof MedicationRequest request
                && (request.getDoNotPerform()
                        || (request.getIntentElement().hasValue()
                                && ONLY_PROPOSED.contains(request.getIntent().toCode())));
    }

    /**
     * Whether something that lasts was over by then: a diagnosis, a medication, an encounter. A measurement and a
     * procedure never are. Of a diagnosis the date of its abatement counts; its status only where no abatement is given.
     * What abated at an age, or nobody says when, is over.
     */
    static boolean isOver(Resource resource, Moment effective, Instant asOf) {
        if (resource instanceof Condition condition && !Moment.isDated(condition.getAbatement())) {
            return condition.hasAbatement() || holds(condition.getClinicalStatus(), CONDITION_PAST);
        }
        return (resource instanceof Condition || LASTING.contains(resource.fhirType()))
                && effective.end().isBefore(asOf);
    }

    static Optional<String> status(Resource resource) {
        return Stream.ofNullable(resource.getNamedProperty("status"))
                .flatMap(property -> property.getValues().stream())
                .map(Base::primitiveValue)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Whether an AI asserted it, ours or another's. */
    public static boolean isAiAsserted(Resource resource) {
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
        return Stream.of("issued", "recordedDate", "dateAsserted")
                .flatMap(name -> Stream.ofNullable(resource.getNamedProperty(name)))
                .flatMap(property -> property.getValues().stream())
                .filter(BaseDateTimeType.class::isInstance)
                .map(value -> ((BaseDateTimeType) value).getValue())
                .filter(Objects::nonNull)
                .map(Date::toInstant)
                .findFirst();
    }

    private static boolean holds(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(coding.getCode()));
    }
}
