package org.auspex.kernel.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The risks that were foreseen for one horizon, beside how subjects were followed. */
final class Horizon {

    private static final int GROUPS = 5;
    private static final double NEAREST = 1e-6;

    private final double horizon;
    private final double[] risk;
    private final Followed followed;
    private final int[] rising;
    private final List<int[]> groups = new ArrayList<>();
    private final int[] all;
    private final double[] logits;
    private final double[] counts;

    Horizon(double horizon, double[] risk, Followed followed) {
        this.horizon = horizon;
        this.risk = risk.clone();
        this.followed = followed;
        this.rising = IntStream.range(0, risk.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> risk[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.all = followed.inTime(rising);
        for (var i = 0; i < GROUPS; i++) {
            var members = Arrays.copyOfRange(rising, i * risk.length / GROUPS, (i + 1) * risk.length / GROUPS);
            if (members.length > 0) {
                groups.add(followed.inTime(members));
            }
        }
        this.logits = IntStream.of(rising).mapToDouble(row -> logit(risk[row])).toArray();
        this.counts = IntStream.of(rising)
                .mapToDouble(row -> followed.weight(row, horizon))
                .toArray();
    }

    private static double logit(double risk) {
        var reachable = Math.min(Math.max(risk, NEAREST), 1 - NEAREST);
        return Math.log(reachable / (1 - reachable));
    }

    /** What the rows say, each counted as often as its weight. */
    record Statistics(Statistic observed, Statistic inTheLarge, Statistic slope, List<Statistic> groups) {}

    Statistics statistics(int[] weights) {
        if (horizon > followed.end()) {
            var unknown = new Statistic.Unknown("Nobody was followed up to " + horizon);
            return new Statistics(
                    unknown,
                    unknown,
                    unknown,
                    groups.stream().<Statistic>map(group -> unknown).toList());
        }
        var observed = 1 - followed.free(all, weights, horizon);
        return new Statistics(
                new Statistic.Known(observed),
                new Statistic.Known(observed - mean(all, weights)),
                slope(weights),
                groups.stream().map(group -> observed(group, weights)).toList());
    }

    double horizon() {
        return horizon;
    }

    /** Of the last horizon, which risk groups are about. */
    static Horizon last(SurvivalPredictions predicted, Followed followed) {
        var last = predicted.horizons()[predicted.horizons().length - 1];
        return new Horizon(last, predicted.risksAt(last), followed);
    }

    /** The observed risk less the mean of those foreseen. */
    Statistic observedLessExpected(int[] weights) {
        if (horizon > followed.end()) {
            return new Statistic.Unknown("Nobody was followed up to " + horizon);
        }
        return Arrays.stream(weights).allMatch(weight -> weight == 0)
                ? new Statistic.Unknown("There are no rows")
                : new Statistic.Known(1 - followed.free(all, weights, horizon) - mean(all, weights));
    }

    private Statistic observed(int[] group, int[] weights) {
        return IntStream.of(group).allMatch(row -> weights[row] == 0)
                ? new Statistic.Unknown("There are no rows")
                : new Statistic.Known(1 - followed.free(group, weights, horizon));
    }

    private double mean(int[] rows, int[] weights) {
        var sum = 0.0;
        var count = 0L;
        for (var row : rows) {
            sum += weights[row] * risk[row];
            count += weights[row];
        }
        return sum / count;
    }

    private Statistic slope(int[] weights) {
        var had = new double[rising.length];
        var free = new double[rising.length];
        for (var i = 0; i < rising.length; i++) {
            var count = weights[rising[i]] * counts[i];
            (followed.hadEventBy(rising[i], horizon) ? had : free)[i] = count;
        }
        if (Arrays.stream(had).sum() == 0) {
            return new Statistic.Unknown("Nobody had the event by " + horizon);
        }
        if (Arrays.stream(free).sum() == 0) {
            return new Statistic.Unknown("Nobody was free of the event at " + horizon);
        }
        return CalibrationFit.slope(new LogisticLikelihood(logits, had, free));
    }

    /** What they say with intervals. */
    HorizonEvaluation evaluation(Function<Function<Statistics, Statistic>, Figure> figures) {
        var once = new int[risk.length];
        Arrays.fill(once, 1);
        var judged = new ArrayList<HorizonEvaluation.RiskGroup>();
        for (var i = 0; i < groups.size(); i++) {
            var number = i;
            judged.add(new HorizonEvaluation.RiskGroup(
                    groups.get(i).length,
                    mean(groups.get(i), once),
                    figures.apply(statistics -> statistics.groups().get(number))));
        }
        return new HorizonEvaluation(
                horizon,
                mean(all, once),
                figures.apply(Statistics::observed),
                figures.apply(Statistics::inTheLarge),
                figures.apply(Statistics::slope),
                judged);
    }
}
