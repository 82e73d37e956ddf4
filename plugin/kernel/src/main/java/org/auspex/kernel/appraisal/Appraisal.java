package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.CalibrationCurve;
import org.auspex.kernel.evaluation.Comparison;
import org.auspex.kernel.evaluation.DecisionCurve;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.evaluation.RiskGroups;
import org.auspex.kernel.evaluation.Subgroups;
import org.auspex.kernel.evaluation.Threshold;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Output;

/**
 * Everything that a sample says of a model.
 *
 * @param output which of its outputs was judged
 * @param calibration of probabilities
 * @param decisions of probabilities
 * @param thresholds of probabilities and points
 * @param riskGroups where times are known
 * @param conformal limits of prediction sets or intervals, where they were asked for
 * @param comparisons with the share of positives, and with a rival
 */
public record Appraisal(
        ModelCard card,
        Output output,
        Description description,
        Evaluation evaluation,
        Optional<CalibrationCurve> calibration,
        Optional<DecisionCurve> decisions,
        List<Threshold> thresholds,
        Optional<RiskGroups> riskGroups,
        Subgroups subgroups,
        List<Comparison> comparisons,
        Optional<Conformed> conformal,
        Bootstrap bootstrap) {

    public Appraisal {
        thresholds = List.copyOf(thresholds);
        comparisons = List.copyOf(comparisons);
    }
}
