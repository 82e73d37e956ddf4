package org.auspex.kernel.evaluation;

import java.util.List;

/**
 * Whether the risks that were foreseen for one horizon came true.
 *
 * @param meanRisk foreseen, 0 to 1
 * @param observedRisk one less the Kaplan-Meier estimate at the horizon or, beside competing events, the cumulative incidence
 * @param inTheLarge observed less foreseen; 0 is best, above 0 the risks are too low on average
 * @param slope of a logistic regression of the event on the logit of the risk, rows weighted for censoring; 1 is best,
 *     below 1 the risks are too extreme, above 1 too timid
 * @param groups the rows in fifths of the risk, from low to high; fewer where rows are few
 */
public record HorizonEvaluation(
        double horizon, double meanRisk, Figure observedRisk, Figure inTheLarge, Figure slope, List<RiskGroup> groups) {

    public HorizonEvaluation {
        groups = List.copyOf(groups);
    }

    /** Rows of like risk, with what was foreseen and what was observed. */
    public record RiskGroup(int rows, double meanRisk, Figure observedRisk) {}
}
