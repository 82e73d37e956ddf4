package org.auspex.kernel.evaluation;

import static org.auspex.kernel.evaluation.Cohort.outcomes;

/** Twenty predictions with ties, judged by Python and R as well. */
final class TwentyRows {

    static final double[] PROBABILITY = {
        0.05, 0.05, 0.10, 0.10, 0.10, 0.20, 0.20, 0.30, 0.30, 0.40, 0.40, 0.50, 0.50, 0.60, 0.60, 0.70, 0.80, 0.80,
        0.90, 0.95
    };
    static final boolean[] POSITIVE = outcomes(0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1);

    private TwentyRows() {}
}
