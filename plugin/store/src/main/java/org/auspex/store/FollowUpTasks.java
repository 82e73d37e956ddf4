package org.auspex.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.kernel.FollowUps;
import org.auspex.kernel.Triggers;
import org.auspex.kernel.evidence.Piece;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * The steps that results propose, as Tasks. A newer result of the same model keeps those it still asks for, ends those that were done, and
 * cancels the others; what a person has taken on is never cancelled.
 */
public final class FollowUpTasks implements FollowUps {

    private static final Set<TaskStatus> OPEN = Set.of(
            TaskStatus.REQUESTED,
            TaskStatus.RECEIVED,
            TaskStatus.ACCEPTED,
            TaskStatus.READY,
            TaskStatus.INPROGRESS,
            TaskStatus.ONHOLD);

    private final FhirStore store;
    private final Clock clock;

    FollowUpTasks(FhirStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** How long until a step that Auspex proposes is overdue; empty for any other Task. */
    public static Optional<Duration> untilOverdue(Task task, Instant now) {
        return isStep(task) && task.getStatus() == TaskStatus.REQUESTED
                ? overdue(task)
                        .map(time -> Duration.between(now, time))
                        .map(left -> left.isNegative() ? Duration.ZERO : left)
                : Optional.empty();
    }

    static boolean isStep(Task task) {
        return Triggers.isOurs(task) && step(task).isPresent();
    }

    /** Whether no person has taken it on or ended it. */
    static boolean isUntouched(Task task) {
        return task.getStatus() == TaskStatus.REQUESTED;
    }

    private static Optional<String> step(Task task) {
        return task.getCode().getCoding().stream()
                .filter(coding -> Systems.STEP.equals(coding.getSystem()))
                .map(Coding::getCode)
                .findFirst();
    }

    private static Stream<Task.ParameterComponent> input(Task task, String name) {
        return task.getInput().stream().filter(input -> input.getType().hasCoding(Systems.STEP_STATE, name));
    }

    private static Optional<Instant> overdue(Task task) {
        return input(task, "overdue")
                .map(Task.ParameterComponent::getValue)
                .filter(DateTimeType.class::isInstance)
                .map(value -> ((DateTimeType) value).getValue().toInstant())
                .findFirst();
    }

    @Override
    public String look(String reference) {
        var found = store.find(reference).map(Task.class::cast);
        if (found.isEmpty() || !OPEN.contains(found.get().getStatus())) {
            return "done or not needed any more";
        }
        var task = found.get();
        // A server that was stopped in between may have looked already.
        if (!task.getBusinessStatus().hasCoding(Systems.STEP_STATE, "overdue")) {
            state(task, "overdue");
            if (isUntouched(task)) {
                task.setPriority(Task.TaskPriority.URGENT);
            }
            store.update(task);
        }
        return "overdue";
    }

    /**
     * Steps of a newer result that an older one has proposed already: the same, due at the same time. Whatever has become of
     * them, they are not proposed again.
     *
     * @return by the Task that would be new, the one that stands
     */
    Map<DomainResource, Task> standing(ResultRow before, List<? extends DomainResource> parts) {
        var standing = new HashMap<DomainResource, Task>();
        var earlier = tasks(before).toList();
        for (var part : parts) {
            if (part instanceof Task wanted) {
                earlier.stream()
                        .filter(task -> task.getStatus() != TaskStatus.CANCELLED
                                && step(task).equals(step(wanted))
                                && overdue(task).equals(overdue(wanted)))
                        .findFirst()
                        .ifPresent(task -> standing.put(part, task));
            }
        }
        return standing;
    }

    /**
     * Ends what a newer result no longer asks for.
     *
     * @param kept what of the older result's steps goes on, {@code Task/3}
     * @param basis of the newer one
     * @param by the newer one, {@code RiskAssessment/2}
     */
    void settle(ResultRow before, List<String> kept, List<Piece> basis, String by) {
        tasks(before)
                .filter(task -> OPEN.contains(task.getStatus())
                        && !kept.contains("Task/" + task.getIdElement().getIdPart()))
                .forEach(task -> end(task, basis, by));
    }

    /** Asks again for what was cancelled, when the result that asked for it is the newest again. */
    void reopen(ResultRow newest) {
        tasks(newest)
                .filter(task -> task.getStatus() == TaskStatus.CANCELLED
                        && task.getBusinessStatus().hasCoding(Systems.STEP_STATE, "not-needed"))
                .forEach(task -> {
                    task.setStatus(TaskStatus.REQUESTED);
                    task.setStatusReason(null);
                    var passed = overdue(task).filter(clock.instant()::isAfter).isPresent();
                    state(task, passed ? "overdue" : "due");
                    store.update(task);
                });
    }

    private void end(Task task, List<Piece> basis, String by) {
        var done = input(task, "awaits")
                .map(input -> input.getValue().primitiveValue())
                .flatMap(awaited -> basis.stream().filter(piece -> piece.input().equals(awaited)))
                .findFirst();
        if (done.isPresent()) {
            task.setStatus(TaskStatus.COMPLETED);
            state(task, "done");
            var output = new Task.TaskOutputComponent();
            output.getType().addCoding().setSystem(Systems.STEP_STATE).setCode("done");
            output.setValue(new Reference(done.get().reference()));
            task.addOutput(output);
        } else {
            state(task, "not-needed");
            if (isUntouched(task)) {
                task.setStatus(TaskStatus.CANCELLED);
                task.getStatusReason().setText("The newer result %s does not ask for it".formatted(by));
            }
        }
        store.update(task);
    }

    private void state(Task task, String code) {
        task.getBusinessStatus().getCoding().clear();
        task.getBusinessStatus().addCoding().setSystem(Systems.STEP_STATE).setCode(code);
        task.setLastModified(Date.from(clock.instant()));
    }

    private Stream<Task> tasks(ResultRow row) {
        var references =
                row.parts().stream().filter(part -> part.startsWith("Task/")).toList();
        return store.findAll(references).values().stream().map(Task.class::cast);
    }
}
