package org.auspex.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** Which predictions a stored resource asks for. */
public final class Triggers {

    private static final Set<String> ALWAYS_READ = Set.of(
            "AllergyIntolerance",
            "Condition",
            "DocumentReference",
            "Encounter",
            "ImagingStudy",
            "MedicationRequest",
            "MedicationStatement",
            "Observation",
            "Patient");

    private final Models models;
    private final EvidenceReader reader;

    public Triggers(Models models, EvidenceReader reader) {
        this.models = models;
        this.reader = reader;
    }

    /**
     * A prediction that is asked for.
     *
     * @param shadow whether its answer is only compared
     * @param whom whether it is asked about anybody
     */
    public record Ask(ModelId model, Subject subject, Duration debounce, boolean shadow, Whom whom) {

        /** One whose answer counts. */
        public Ask(ModelId model, Subject subject, Duration debounce) {
            this(model, subject, debounce, false, Whom.ANYBODY);
        }

        /** One whose answer may only be compared. */
        public Ask(ModelId model, Subject subject, Duration debounce, boolean shadow) {
            this(model, subject, debounce, shadow, Whom.ANYBODY);
        }
    }

    /** Whom a question is about. */
    public enum Whom {
        ANYBODY,
        /** Those about whom the model has a result that stands. */
        WITH_RESULT,
        /** Those of whom its newest result has issues. */
        WITH_ISSUES
    }

    /** What {@code resource} asks for; nothing for what Auspex itself wrote, or a model would trigger itself. */
    public List<Ask> of(Resource resource, Instant now) {
        if (isOurs(resource)) {
            return List.of();
        }
        return models.asked().stream()
                .flatMap(card -> ask(card, resource, now).stream())
                .toList();
    }

    private Optional<Ask> ask(ModelCard card, Resource resource, Instant now) {
        return whom(card, resource, now)
                .flatMap(whom -> subject(card, resource).flatMap(subject -> ask(card, subject, whom)));
    }

    /** Who may have been given what answers an issue is looked at again; of whom none is open, there is nothing to ask. */
    private Optional<Whom> whom(ModelCard card, Resource resource, Instant now) {
        if (isAny(card.trigger().on(), resource)) {
            return Optional.of(Whom.ANYBODY).filter(any -> isRecent(card, resource, now));
        }
        if (isAny(card.trigger().again(), resource)) {
            return Optional.of(Whom.WITH_RESULT).filter(any -> isRecent(card, resource, now));
        }
        return isAny(card.answers(), resource) ? Optional.of(Whom.WITH_ISSUES) : Optional.empty();
    }

    private Optional<Ask> ask(ModelCard card, Subject subject, Whom whom) {
        var shadow = models.isShadow(card.id());
        return (shadow && whom == Whom.ANYBODY) || models.answers(card, subject)
                ? Optional.of(new Ask(card.id(), subject, card.trigger().debounce(), shadow, whom))
                : Optional.empty();
    }

    private boolean isAny(List<Criteria> any, Resource resource) {
        return any.stream().anyMatch(criteria -> matches(criteria, resource));
    }

    /** Resource types that any active model reads or listens to, and those a prediction, a summary or an answer can rest on. */
    public Set<String> typesRead() {
        var types = new TreeSet<>(ALWAYS_READ);
        for (var card : models.asked()) {
            card.trigger().on().forEach(criteria -> types.add(criteria.resourceType()));
            card.trigger().again().forEach(criteria -> types.add(criteria.resourceType()));
            card.requirements().criteria().forEach(criteria -> types.add(criteria.resourceType()));
        }
        return types;
    }

    /** The same, and those in which results ask for something to be looked at later. */
    public Set<String> typesSwept() {
        var types = typesRead();
        types.add("Task");
        return types;
    }

    /** Whether results can rest on a resource. */
    public boolean isRead(Resource resource) {
        return typesRead().contains(resource.fhirType()) && !isOurs(resource);
    }

    /** Whether Auspex wrote the resource. */
    public static boolean isOurs(Resource resource) {
        return Stream.ofNullable(resource.getChildByName("identifier"))
                .flatMap(property -> property.getValues().stream())
                .anyMatch(value -> value instanceof Identifier identifier
                        && (Systems.PREDICTION.equals(identifier.getSystem())
                                || Systems.AGREEMENT.equals(identifier.getSystem())
                                || Systems.WATCHED.equals(identifier.getSystem())));
    }

    private boolean matches(Criteria criteria, Resource resource) {
        return reader.matches(resource, criteria);
    }

    private boolean isRecent(ModelCard card, Resource resource, Instant now) {
        return card.trigger()
                .notOlderThan()
                .map(limit -> reader.isSince(resource, now.minus(limit)))
                .orElse(true);
    }

    private static Optional<Subject> subject(ModelCard card, Resource resource) {
        var patient = Compartment.patient(resource).map(Compartment::plain).filter(text -> text.startsWith("Patient/"));
        if (card.subjectType().equals("Patient")) {
            return patient.map(Subject::patient);
        }
        if (!card.subjectType().equals("Encounter")) {
            return patient.filter(of -> resource.fhirType().equals(card.subjectType()))
                    .map(of -> new Subject(
                            card.subjectType() + "/" + resource.getIdElement().getIdPart(), of));
        }
        return patient.flatMap(
                of -> Compartment.encounter(resource).map(encounter -> new Subject(Compartment.plain(encounter), of)));
    }
}
