package org.auspex.kernel.evaluation;

/**
 * The comparable pairs of a sample.
 *
 * @param events rows whose event came
 * @param comparable pairs of which one row is known to have had its event first
 * @param concordant those of them in which it has the higher risk
 * @param tied those of them of equal risk
 */
record Pairs(long events, long comparable, long concordant, long tied) {

    /** These and those of {@code count} events of one risk level with the rows that outlasted them. */
    Pairs plus(int level, int count, RunningCounts outlasting) {
        return new Pairs(
                events + count,
                comparable + count * outlasting.all(),
                concordant + count * outlasting.below(level),
                tied + (long) count * outlasting.at(level));
    }

    /** Harrell's concordance index. */
    Statistic concordance() {
        if (events == 0) {
            return new Statistic.Unknown("No row has an event");
        }
        return comparable > 0
                ? new Statistic.Known((2 * concordant + tied) / (2.0 * comparable))
                : new Statistic.Unknown("No row outlasted an event, so there is nothing to compare");
    }
}
