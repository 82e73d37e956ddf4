package org.auspex.kernel.appraisal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.DiceEvaluation;
import org.auspex.kernel.evaluation.Subgroup;
import org.auspex.kernel.evaluation.Subgroups;
import org.auspex.kernel.model.ModelCard;

/**
 * What the segmentations of people say of a model that marks.
 *
 * @param source which studies, in words
 * @param studies in which a result stands
 * @param judged of them, with a reference that came after the result
 * @param leftOut how many studies, or who was named, are not judged, by the reason
 * @param evaluation one row for each kind of mark in a study
 */
public record SegmentationAppraisal(
        ModelCard card,
        String source,
        int studies,
        int judged,
        Map<String, Integer> leftOut,
        DiceEvaluation evaluation,
        Subgroups subgroups,
        Bootstrap bootstrap) {

    private static final int FEW = 30;

    public SegmentationAppraisal {
        leftOut = Map.copyOf(leftOut);
    }

    public int withoutReference() {
        return studies - judged;
    }

    /** What whoever reads it should see first. */
    public List<Caution> cautions() {
        var cautions = new ArrayList<Caution>();
        if (evaluation.people() < FEW) {
            cautions.add(new Caution("The studies are of %d people; of fewer than %d the intervals are too narrow"
                    .formatted(evaluation.people(), FEW)));
        }
        if (withoutReference() > 0) {
            cautions.add(new Caution(
                    "%d of %d studies have no reference: nobody drew one, or it was there first. The figures are about what people chose to draw, who had seen the model's"
                            .formatted(withoutReference(), studies)));
        }
        subgroups.groups().stream().filter(Subgroup::isWorse).forEach(group -> Caution.worse(group, cautions));
        return cautions;
    }
}
