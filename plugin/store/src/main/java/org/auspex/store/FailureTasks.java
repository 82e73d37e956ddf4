package org.auspex.store;

import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.auspex.kernel.FailureReports;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;

/** Shows what was given up as a failed Task, which a client can set to {@code requested} to have it tried again. */
public final class FailureTasks implements FailureReports {

    static final String WORK = Systems.AUSPEX + "/identifier/work";
    private static final Set<Task.TaskStatus> ASKS_AGAIN = Set.of(Task.TaskStatus.REQUESTED, Task.TaskStatus.READY);

    private final FhirStore store;
    private final Clock clock;

    FailureTasks(FhirStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether Auspex wrote the Task and a client has set it so that it is to be tried again. */
    public static boolean asksAgain(Task task) {
        return isOurs(task) && ASKS_AGAIN.contains(task.getStatus());
    }

    static boolean isOurs(Task task) {
        return task.getIdentifier().stream().anyMatch(identifier -> WORK.equals(identifier.getSystem()));
    }

    @Override
    public String report(Failure failure, Optional<String> before) {
        var earlier = before.flatMap(store::find).map(Task.class::cast);
        var task = earlier.orElseGet(() -> describe(failure));
        task.setStatus(Task.TaskStatus.FAILED);
        task.getStatusReason().setText(failure.reason());
        task.setLastModified(Date.from(clock.instant()));
        var stored = earlier.isPresent()
                ? store.update(task)
                : store.create(task, store.place(failure.subject().patient()));
        return "Task/" + stored.getIdElement().getIdPart();
    }

    @Override
    public void answered(String report, String outcome) {
        store.find(report).map(Task.class::cast).ifPresent(task -> {
            task.setStatus(Task.TaskStatus.COMPLETED);
            task.setStatusReason(null);
            task.setLastModified(Date.from(clock.instant()));
            var output = new Task.TaskOutputComponent();
            output.getType().setText("Outcome");
            output.setValue(outcome.startsWith("RiskAssessment/") ? new Reference(outcome) : new StringType(outcome));
            task.addOutput(output);
            store.update(task);
        });
    }

    private Task describe(Failure failure) {
        var task = new Task();
        var what = failure.model()
                .map(model -> "Prediction with " + model)
                .orElse("Review of what rests on " + failure.subject().reference());
        task.addIdentifier()
                .setSystem(WORK)
                .setValue(failure.model().map(Object::toString).orElse("review") + " " + failure.cause());
        task.setIntent(Task.TaskIntent.ORDER);
        task.getCode().setText(what);
        task.setDescription("Asked for by " + failure.cause());
        var patient = failure.subject().patient();
        if (patient.startsWith("Patient/") && store.find(patient).isPresent()) {
            task.setFor(new Reference(patient));
        }
        task.setAuthoredOn(Date.from(clock.instant()));
        return task;
    }
}
