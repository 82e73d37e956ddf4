package org.auspex.store;

import java.time.Clock;
import java.util.Date;
import org.auspex.kernel.FailureReports;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;

/** Shows a prediction that was given up as a failed Task. */
public final class FailureTasks implements FailureReports {

    private final FhirStore store;
    private final Clock clock;

    FailureTasks(FhirStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void report(ModelId model, Subject subject, String cause, String reason) {
        var task = new Task();
        task.addIdentifier().setSystem(Systems.AUSPEX + "/identifier/work").setValue(model + " " + cause);
        task.setStatus(Task.TaskStatus.FAILED);
        task.setIntent(Task.TaskIntent.ORDER);
        task.getCode().setText("Prediction with " + model);
        task.getStatusReason().setText(reason);
        task.setDescription("Asked for by " + cause);
        if (store.find("Patient", subject.patient().substring("Patient/".length()))
                .isPresent()) {
            task.setFor(new Reference(subject.patient()));
        }
        task.setAuthoredOn(Date.from(clock.instant()));
        store.create(task, store.place(subject.patient()));
    }
}
