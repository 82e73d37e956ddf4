package org.auspex.kernel.findings;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.model.FollowUpStep;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;

/** The steps after a result, each a Task that is proposed, with the time when it is due and when it is overdue. */
final class FollowUpFindings {

    private final ModelCard card;
    private final Evidence evidence;
    private final Identity identity;
    private final Instant now;

    FollowUpFindings(ModelCard card, Evidence evidence, Identity identity, Instant now) {
        this.card = card;
        this.evidence = evidence;
        this.identity = identity;
        this.now = now;
    }

    /** Steps that this outcome asks for and that nothing in the evidence tells to be done. */
    List<FollowUpStep> steps(Outcome outcome) {
        return card.followUp().stream()
                .filter(step -> step.follows(outcome)
                        && step.needs().stream()
                                .noneMatch(input -> pieces(input).isEmpty())
                        && pieces(step.awaits()).isEmpty())
                .toList();
    }

    /** The steps in one line: {@code Repeat troponin, due 2026-01-15T14:05:00Z}. */
    String words(List<FollowUpStep> steps) {
        return steps.stream().map(this::words).collect(java.util.stream.Collectors.joining("; "));
    }

    private String words(FollowUpStep step) {
        return "%s, due %s".formatted(step.title(), begin(step).plus(step.due()));
    }

    List<DomainResource> tasks(List<FollowUpStep> steps) {
        return steps.stream().map(step -> (DomainResource) task(step)).toList();
    }

    private Task task(FollowUpStep step) {
        var task = new Task();
        task.setMeta(Findings.meta());
        task.addIdentifier().setSystem(Systems.PREDICTION).setValue(identity.hash());
        task.setStatus(Task.TaskStatus.REQUESTED);
        task.setIntent(Task.TaskIntent.PROPOSAL);
        task.setPriority(Task.TaskPriority.ROUTINE);
        task.setBusinessStatus(state("due"));
        task.setCode(new CodeableConcept().setText(step.title()));
        task.getCode().addCoding().setSystem(Systems.STEP).setCode(card.id().name() + "/" + step.name());
        step.code()
                .ifPresent(code ->
                        task.getCode().addCoding().setSystem(code.system()).setCode(code.code()));
        task.setDescription(words(step));
        task.setFor(new Reference(evidence.subject().patient()));
        task.setAuthoredOn(Date.from(now));
        task.setLastModified(Date.from(now));
        task.setRequester(ModelDevice.reference(card));
        task.getRestriction().getPeriod().setEndElement(time(begin(step).plus(step.due())));
        input(task, "overdue").setValue(time(begin(step).plus(step.overdue())));
        input(task, "awaits").setValue(new StringType(step.awaits()));
        return task;
    }

    private static Task.ParameterComponent input(Task task, String name) {
        var input = task.addInput();
        input.getType().addCoding().setSystem(Systems.STEP_STATE).setCode(name);
        return input;
    }

    private static CodeableConcept state(String code) {
        var state = new CodeableConcept();
        state.addCoding().setSystem(Systems.STEP_STATE).setCode(code);
        return state;
    }

    private static DateTimeType time(Instant instant) {
        return Findings.time(instant);
    }

    /** The last of the values that it is counted from. */
    private Instant begin(FollowUpStep step) {
        return step.from().stream()
                .flatMap(input -> pieces(input).stream())
                .flatMap(piece -> piece.effective().stream())
                .max(Instant::compareTo)
                .orElse(evidence.asOf())
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Piece> pieces(String input) {
        Optional<Reading> read = evidence.readings().stream()
                .filter(reading -> reading.input().equals(input))
                .findFirst();
        return read.map(Reading::pieces).orElse(List.of());
    }
}
