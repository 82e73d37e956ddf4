package org.auspex.kernel.evaluation;

/** A figure that rows have, and which way it is worse. */
record Measure(String name, Worse worse) {

    static final Measure AUROC = new Measure("AUROC", Worse.LOWER);
    static final Measure AVERAGE_PRECISION = new Measure("AUPRC", Worse.LOWER);
    static final Measure BRIER_SCORE = new Measure("Brier score", Worse.FARTHER_FROM_ZERO);
    static final Measure OBSERVED_LESS_EXPECTED = new Measure("observed less foreseen risk", Worse.FARTHER_FROM_ZERO);
    static final Measure CONCORDANCE = new Measure("concordance index", Worse.LOWER);

    static final Measure MEAN_DICE = new Measure("mean Dice", Worse.LOWER);

    /** Which of two values of a measure is the worse. */
    enum Worse {
        LOWER {
            @Override
            boolean than(double one, double other) {
                return one < other;
            }
        },
        FARTHER_FROM_ZERO {
            @Override
            boolean than(double one, double other) {
                return Math.abs(one) > Math.abs(other);
            }
        };

        abstract boolean than(double one, double other);
    }

    static Measure observedLessExpected(double horizon) {
        return new Measure("observed less foreseen risk at " + horizon, Worse.FARTHER_FROM_ZERO);
    }
}
