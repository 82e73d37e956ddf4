package org.auspex.kernel.evaluation;

import java.util.function.Function;

/**
 * A figure that rows have, and which way it is worse.
 *
 * @param of takes how often each row counts
 */
record Measure(String name, Worse worse, Function<int[], Statistic> of) {

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

    static Measure auroc(BinaryRows rows) {
        return new Measure("AUROC", Worse.LOWER, weights -> rows.tally(weights).auroc());
    }

    static Measure averagePrecision(BinaryRows rows) {
        return new Measure("AUPRC", Worse.LOWER, weights -> rows.tally(weights).averagePrecision());
    }

    /** Lower is better, so this one is for comparing two models and not for groups, whose prevalence moves it. */
    static Measure brierScore(BinaryRows rows) {
        return new Measure(
                "Brier score",
                Worse.FARTHER_FROM_ZERO,
                weights -> rows.tally(weights).brierScore());
    }

    static Measure observedLessExpected(BinaryRows rows) {
        return new Measure(
                "observed less foreseen risk",
                Worse.FARTHER_FROM_ZERO,
                weights -> rows.tally(weights).observedLessExpected());
    }

    static Measure concordance(SurvivalRows rows) {
        return new Measure(
                "concordance index", Worse.LOWER, weights -> rows.pairs(weights).concordance());
    }

    static Measure observedLessExpected(Horizon horizon) {
        return new Measure(
                "observed less foreseen risk at " + horizon.horizon(),
                Worse.FARTHER_FROM_ZERO,
                horizon::observedLessExpected);
    }
}
