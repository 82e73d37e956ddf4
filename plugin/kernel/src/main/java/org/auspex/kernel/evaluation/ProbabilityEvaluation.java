package org.auspex.kernel.evaluation;

/**
 * What predicted probabilities were worth.
 *
 * @param positives rows whose outcome happened
 * @param brierScore the mean squared distance of the probabilities from the outcomes, 0 (best) to 1; defined from one row
 *     on (Brier, Monthly Weather Review 1950;78:1-3)
 */
public record ProbabilityEvaluation(
        int rows, int positives, Discrimination discrimination, Figure brierScore, Calibration calibration)
        implements Evaluation {

    static ProbabilityEvaluation of(BinaryRows rows, Bootstrap bootstrap) {
        var start =
                CalibrationFit.of(rows.tally(), CalibrationFit.Start.ANYWHERE).start();
        var replicates = bootstrap.replicate(rows.count(), weights -> Statistics.of(rows.tally(weights), start));
        return new ProbabilityEvaluation(
                rows.count(),
                rows.positives(),
                new Discrimination(
                        replicates.figure(Statistics::auroc), replicates.figure(Statistics::averagePrecision)),
                replicates.figure(Statistics::brierScore),
                new Calibration(
                        replicates.figure(Statistics::inTheLarge),
                        replicates.figure(statistics -> statistics.line().slope()),
                        replicates.figure(statistics -> statistics.line().intercept()),
                        replicates.figure(Statistics::expectedToObserved),
                        rows.count(CalibrationFit::movesIntoReach)));
    }

    private record Statistics(
            Statistic auroc,
            Statistic averagePrecision,
            Statistic brierScore,
            Statistic expectedToObserved,
            Statistic inTheLarge,
            CalibrationFit.Line line) {

        static Statistics of(Tally tally, CalibrationFit.Start start) {
            var fit = CalibrationFit.of(tally, start);
            return new Statistics(
                    tally.auroc(),
                    tally.averagePrecision(),
                    tally.brierScore(),
                    tally.expectedToObserved(),
                    fit.inTheLarge(),
                    fit.line());
        }
    }
}
