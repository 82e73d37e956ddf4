package org.auspex.kernel.evaluation;

/**
 * What predictions of when an event comes were worth.
 *
 * @param events rows whose event came; the others are censored, or a competing event spared them
 * @param comparablePairs pairs of rows of which one is known to have had its event first
 * @param concordance Harrell's concordance index, 0 to 1, 0.5 for guessing: the share of the comparable pairs in which
 *     the row with the earlier event has the higher risk, where equal risks count one half. A pair is comparable if the
 *     shorter time is an event, or if both times are equal and exactly one is an event, because a subject censored at a
 *     time was seen free of the event at it. Two events at the same time are no pair, nor are two censored rows. (Harrell
 *     et al., JAMA 1982;247:2543-6; ties in time as R's survival::concordance.) It rests on who was censored when; with
 *     heavy censoring it flatters (Uno et al., Statistics in Medicine 2011;30:1105-17). Whom a competing event spared outlasts everybody
 *     (Wolbers et al., Epidemiology 2009;20:555-61)
 */
public record SurvivalEvaluation(int rows, int events, long comparablePairs, Figure concordance) implements Evaluation {

    static SurvivalEvaluation of(SurvivalRows rows, Bootstrap bootstrap) {
        var replicates = bootstrap.replicate(rows.count(), rows::pairs);
        return new SurvivalEvaluation(
                rows.count(), rows.events(), replicates.sample().comparable(), replicates.figure(Pairs::concordance));
    }
}
