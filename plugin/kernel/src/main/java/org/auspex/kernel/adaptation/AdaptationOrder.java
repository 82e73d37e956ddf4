package org.auspex.kernel.adaptation;

import java.util.List;
import org.auspex.kernel.inference.TrainingPlan;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;

/**
 * What is to be learnt.
 *
 * @param base the version whose head is trained further
 * @param version of the candidate
 * @param cases at least one
 * @param unlabelled images that nobody marked, to learn from what is surely seen in them; may be none
 * @param heldOut share of the patients that are held out
 */
public record AdaptationOrder(
        ModelCard base,
        String version,
        List<LabelledCase> cases,
        List<UnlabelledCase> unlabelled,
        double heldOut,
        TrainingPlan plan) {

    public AdaptationOrder {
        cases = List.copyOf(cases);
        unlabelled = List.copyOf(unlabelled);
    }

    public ModelId candidate() {
        return new ModelId(base.id().name(), version);
    }
}
