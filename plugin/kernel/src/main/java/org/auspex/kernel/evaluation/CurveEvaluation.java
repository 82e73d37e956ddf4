package org.auspex.kernel.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What predicted survival curves were worth.
 *
 * @param order how well they rank subjects, by the risk that came with them
 * @param integratedBrierScore weighted for censoring, over the time from 0 to {@code end}; 0 is best. The weights are those of all
 *     rows, in every resample
 * @param ofKaplanMeier the same of the Kaplan-Meier curve of these rows, or of their cumulative incidence, foreseen for everybody: what knows nothing of the
 *     subject, but has seen the outcome
 * @param difference the first less the second; below 0 the curves are better
 * @param end the last time of the curves to which anybody was followed; 0 if there is none
 * @param horizons calibration at each
 */
public record CurveEvaluation(
        SurvivalEvaluation order,
        Figure integratedBrierScore,
        Figure ofKaplanMeier,
        Figure difference,
        double end,
        List<HorizonEvaluation> horizons)
        implements Evaluation {

    public CurveEvaluation {
        horizons = List.copyOf(horizons);
    }

    static CurveEvaluation of(SurvivalPredictions predicted, Endings endings, Bootstrap bootstrap) {
        var rows = SurvivalRows.of(predicted.risk(), endings);
        var followed = new Followed(endings);
        var brier = new BrierCurve(followed, predicted.times());
        var horizons = IntStream.range(0, predicted.horizons().length)
                .mapToObj(i -> new Horizon(
                        predicted.horizons()[i], predicted.risksAt(predicted.horizons()[i]), followed))
                .toList();
        var ours = brier.end().map(end -> brier.ofCurves(predicted.free())).orElse(new double[0]);
        var baseline = brier.end().map(end -> brier.ofKaplanMeier()).orElse(new double[0]);
        var replicates = bootstrap.replicate(
                rows.count(),
                weights -> new Statistics(
                        mean(ours, weights),
                        mean(baseline, weights),
                        horizons.stream()
                                .map(horizon -> horizon.statistics(weights))
                                .toList()));
        return new CurveEvaluation(
                SurvivalEvaluation.of(rows, bootstrap),
                replicates.figure(Statistics::brier),
                replicates.figure(Statistics::kaplanMeier),
                replicates.figure(Statistics::difference),
                brier.end().orElse(0.0),
                IntStream.range(0, horizons.size())
                        .mapToObj(i -> horizons.get(i)
                                .evaluation(wanted -> replicates.figure(statistics ->
                                        wanted.apply(statistics.horizons().get(i)))))
                        .toList());
    }

    private static Statistic mean(double[] ofRows, int[] weights) {
        if (ofRows.length == 0) {
            return new Statistic.Unknown("Nobody was followed up to the first time of the curve");
        }
        var sum = 0.0;
        var count = 0L;
        for (var row = 0; row < ofRows.length; row++) {
            sum += weights[row] * ofRows[row];
            count += weights[row];
        }
        return new Statistic.Known(sum / count);
    }

    @Override
    public int rows() {
        return order.rows();
    }

    private record Statistics(Statistic brier, Statistic kaplanMeier, List<Horizon.Statistics> horizons) {

        Statistic difference() {
            return brier instanceof Statistic.Known ours && kaplanMeier instanceof Statistic.Known baseline
                    ? new Statistic.Known(ours.number() - baseline.number())
                    : brier;
        }
    }
}
