package org.auspex.server;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Task;

/** Where the steps stand that results propose. */
final class Steps {

    private static final String STATE = "https://auspex-fhir.org/fhir/CodeSystem/step-state";

    private Steps() {}

    /** {@code due}, {@code overdue}, {@code done} or {@code not-needed}. */
    static String state(Task task) {
        return task.getBusinessStatus().getCoding().stream()
                .filter(coding -> STATE.equals(coding.getSystem()))
                .map(Coding::getCode)
                .findFirst()
                .orElse("");
    }

    static List<Task> of(RunningServer server, String patient) {
        return server.search("Task?patient=" + patient).stream()
                .map(Task.class::cast)
                .toList();
    }

    static Optional<Task> first(RunningServer server, String patient, Predicate<Task> wanted) {
        return of(server, patient).stream().filter(wanted).findFirst();
    }

    /** Where a step stood in each of its versions, the oldest first. */
    static List<String> history(RunningServer server, Task task) {
        return server
                .client()
                .history()
                .onInstance(task.getIdElement().toUnqualifiedVersionless())
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .stream()
                .map(entry -> (Task) entry.getResource())
                .sorted(Comparator.comparing(
                        (Task version) -> Integer.parseInt(version.getMeta().getVersionId())))
                .map(Steps::state)
                .toList();
    }
}
