package org.auspex.store;

import java.util.Set;
import org.auspex.kernel.Triggers;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** Tells what Auspex wrote from what others wrote. */
public final class OwnResources {

    private static final Set<String> WRITTEN = Set.of(
            "Communication",
            "Composition",
            "Condition",
            "DetectedIssue",
            "DiagnosticReport",
            "DocumentReference",
            "List",
            "RiskAssessment",
            "Observation",
            "Provenance",
            "Task");

    private final FhirStore store;

    OwnResources(FhirStore store) {
        this.store = store;
    }

    public boolean isOurs(String type, String id) {
        return WRITTEN.contains(type)
                && store.find(type, id).map(OwnResources::isOurs).orElse(false);
    }

    private static boolean isOurs(Resource resource) {
        if (resource instanceof Provenance provenance) {
            return provenance.getAgent().stream()
                    .anyMatch(agent -> agent.getWho().hasReference()
                            && agent.getWho().getReference().startsWith("Device/auspex-"));
        }
        if (resource instanceof Task task) {
            return FailureTasks.isOurs(task) || Triggers.isOurs(task);
        }
        return Triggers.isOurs(resource);
    }
}
