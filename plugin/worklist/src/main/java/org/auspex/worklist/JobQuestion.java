package org.auspex.worklist;

import java.util.Optional;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/**
 * One question of a job, or one of those whom the client meant and nobody is asked about.
 *
 * @param model empty where nobody is asked
 * @param excluded why nobody is asked; empty where a model is
 * @param partition that the subject lies in; empty in a store without partitions
 */
public record JobQuestion(
        Optional<ModelId> model, Subject subject, Optional<String> excluded, Optional<Integer> partition) {

    public static JobQuestion of(ModelId model, Subject subject, Optional<Integer> partition) {
        return new JobQuestion(Optional.of(model), subject, Optional.empty(), partition);
    }

    public static JobQuestion excluded(Subject subject, String why) {
        return new JobQuestion(Optional.empty(), subject, Optional.of(why), Optional.empty());
    }
}
