package org.auspex.kernel.evaluation;

/**
 * The cumulative incidence as time goes by, and its variance by the delta method (Marubini and Valsecchi, Analysing Survival Data from
 * Clinical Trials, 1995, chapter 10), which without competing events is Greenwood's.
 */
final class Incidence {

    private static final double Z = 1.959963984540054;

    /** The share free of both events, and that which a competing one spared the event. */
    private double ofBoth = 1;

    private double spared;

    /** Sums over the times so far that do not change when the incidence grows. */
    private double ends;

    private double endsByIncidence;
    private double endsByItsSquare;
    private double events;
    private double eventsByIncidence;
    private double squares;

    /**
     * Takes the next time at which any follow-up ended.
     *
     * @param atRisk rows followed up to it
     * @param came with the event
     * @param competing with a competing one
     */
    void go(int atRisk, int came, int competing) {
        var incidence = incidence() + ofBoth * came / atRisk;
        var over = came + competing;
        if (over < atRisk) {
            var share = (double) over / ((double) atRisk * (atRisk - over));
            ends += share;
            endsByIncidence += share * incidence;
            endsByItsSquare += share * incidence * incidence;
        }
        var event = ofBoth * came / ((double) atRisk * atRisk);
        events += event;
        eventsByIncidence += event * incidence;
        squares += ofBoth * ofBoth * came * (atRisk - came) / Math.pow(atRisk, 3);
        spared += ofBoth * competing / atRisk;
        ofBoth *= (double) (atRisk - over) / atRisk;
    }

    private double incidence() {
        return 1 - ofBoth - spared;
    }

    private double variance() {
        var now = incidence();
        return now * now * ends
                - 2 * now * endsByIncidence
                + endsByItsSquare
                + squares
                - 2 * (now * events - eventsByIncidence);
    }

    /** The share without the event as it stands now. */
    FreeCurve.Step step(double time, int atRisk, FreeCurve.Step before) {
        var free = ofBoth + spared;
        if (free == 0) {
            return new FreeCurve.Step(time, atRisk, 0, 0, before.high());
        }
        var reach = Z * Math.sqrt(Math.max(0, variance())) / (free * Math.log(free));
        return new FreeCurve.Step(
                time, atRisk, free, Math.pow(free, Math.exp(-reach)), Math.pow(free, Math.exp(reach)));
    }
}
