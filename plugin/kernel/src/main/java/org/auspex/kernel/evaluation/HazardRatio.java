package org.auspex.kernel.evaluation;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much oftener events come in one group than in another while rows are followed (cause-specific beside competing events), by Cox's model with nothing but the group in it; events at equal
 * times by Efron's method (JASA 1977;72:557-65).
 *
 * @param low the lower end of its 95 % interval, by Wald's method on the log
 * @param high the upper end
 */
public record HazardRatio(double ratio, double low, double high) {

    private static final double Z = 1.959963984540054;
    private static final int MOST_STEPS = 50;
    private static final double NEAR = 1e-10;

    /** Empty where a group has no event before the other's rows are gone, so that no finite ratio is the likeliest. */
    static Optional<HazardRatio> of(double[] time, boolean[] event, boolean[] exposed) {
        var order = new Followed(Endings.of(time, event))
                .inTime(IntStream.range(0, time.length).toArray());
        var log = 0.0;
        for (var steps = 0; steps < MOST_STEPS; steps++) {
            var slope = Slope.at(log, order, time, event, exposed);
            // Steps of at most 1, so that a group without events walks off instead of jumping to infinity.
            var step = Math.max(-1, Math.min(1, slope.score() / slope.information()));
            if (!Double.isFinite(step)) {
                return Optional.empty();
            }
            log += step;
            if (Math.abs(step) < NEAR) {
                var reach = Z / Math.sqrt(slope.information());
                return Optional.of(new HazardRatio(Math.exp(log), Math.exp(log - reach), Math.exp(log + reach)));
            }
        }
        return Optional.empty();
    }

    /** The first derivative of the partial log likelihood, and its second one negated. */
    private record Slope(double score, double information) {

        static Slope at(double log, int[] order, double[] time, boolean[] event, boolean[] exposed) {
            var score = 0.0;
            var information = 0.0;
            var exposedAtRisk = IntStream.of(order).filter(row -> exposed[row]).count();
            var othersAtRisk = order.length - exposedAtRisk;
            for (var at = 0; at < order.length; ) {
                var now = time[order[at]];
                long exposedCame = 0;
                long othersCame = 0;
                long exposedGone = 0;
                long othersGone = 0;
                for (; at < order.length && time[order[at]] == now; at++) {
                    var row = order[at];
                    exposedCame += event[row] && exposed[row] ? 1 : 0;
                    othersCame += event[row] && !exposed[row] ? 1 : 0;
                    exposedGone += exposed[row] ? 1 : 0;
                    othersGone += exposed[row] ? 0 : 1;
                }
                var came = exposedCame + othersCame;
                for (long i = 0; i < came; i++) {
                    var left = (double) i / came;
                    var hazard = Math.exp(log) * (exposedAtRisk - left * exposedCame);
                    var share = hazard / (hazard + othersAtRisk - left * othersCame);
                    score -= share;
                    information += share * (1 - share);
                }
                score += exposedCame;
                exposedAtRisk -= exposedGone;
                othersAtRisk -= othersGone;
            }
            return new Slope(score, information);
        }
    }
}
