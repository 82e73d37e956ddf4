package org.auspex.kernel.evaluation;

/**
 * What points were worth. Points are no probabilities, so only their order is judged.
 *
 * @param positives rows whose outcome happened
 */
public record ScoreEvaluation(int rows, int positives, Discrimination discrimination) implements Evaluation {

    static ScoreEvaluation of(BinaryRows rows, Bootstrap bootstrap) {
        var replicates = bootstrap.replicate(rows.count(), weights -> Statistics.of(rows.tally(weights)));
        return new ScoreEvaluation(
                rows.count(),
                rows.positives(),
                new Discrimination(
                        replicates.figure(Statistics::auroc), replicates.figure(Statistics::averagePrecision)));
    }

    private record Statistics(Statistic auroc, Statistic averagePrecision) {

        static Statistics of(Tally tally) {
            return new Statistics(tally.auroc(), tally.averagePrecision());
        }
    }
}
