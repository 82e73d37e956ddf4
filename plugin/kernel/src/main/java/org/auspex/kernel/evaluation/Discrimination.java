package org.auspex.kernel.evaluation;

/**
 * How well predictions rank rows whose outcome happened above rows whose outcome did not. Defined when there are both.
 *
 * @param auroc the area under the receiver operating characteristic: the chance that a positive row is ranked above a
 *     negative one, equal predictions counting one half; 0.5 for guessing, 1 best (Hanley and McNeil, Radiology
 *     1982;143:29-36)
 * @param averagePrecision the area under the precision-recall curve in steps, the mean over the positive rows of the
 *     precision at their prediction; equal predictions are one threshold and nothing is interpolated; the share of
 *     positives for guessing, 1 best (as scikit-learn's {@code average_precision_score})
 */
public record Discrimination(Figure auroc, Figure averagePrecision) {}
