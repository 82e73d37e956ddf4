package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What rankings were worth.
 *
 * @param top1 the share of rows whose true choice stands first
 * @param top3 the share of rows whose true choice is among the first three
 * @param majorityTop1 the same of the commonest choice of these rows, named for everybody: what knows nothing of the subject, but
 *     has seen the answers
 * @param majorityTop3 the same of the three commonest
 * @param difference the first less that of the majority; above 0 the rankings are better
 */
public record RankingEvaluation(
        int rows, Figure top1, Figure top3, Figure majorityTop1, Figure majorityTop3, Figure difference)
        implements Evaluation {

    private static final int THREE = 3;

    static RankingEvaluation of(int[] place, int[] truth, Bootstrap bootstrap) {
        RowFaults.refuseUnequal("place", place.length, "truth", truth.length);
        RowFaults.refuse(
                place.length,
                row -> place[row] >= 1
                        ? Optional.empty()
                        : Optional.of("a place is counted from 1, not " + place[row]));
        var common = places(truth);
        var replicates = bootstrap.replicate(
                place.length,
                weights -> new Statistics(
                        share(place, 1, weights),
                        share(place, THREE, weights),
                        share(common, 1, weights),
                        share(common, THREE, weights)));
        return new RankingEvaluation(
                place.length,
                replicates.figure(Statistics::top1),
                replicates.figure(Statistics::top3),
                replicates.figure(Statistics::majorityTop1),
                replicates.figure(Statistics::majorityTop3),
                replicates.figure(Statistics::difference));
    }

    /** The place of each row's true choice if the commonest comes first for everybody. */
    private static int[] places(int[] truth) {
        var counts = new int[Arrays.stream(truth).max().orElse(0) + 1];
        Arrays.stream(truth).forEach(choice -> counts[choice]++);
        var place = new int[counts.length];
        var order = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt(choice -> -counts[choice]))
                .toList();
        IntStream.range(0, order.size()).forEach(i -> place[order.get(i)] = i + 1);
        return Arrays.stream(truth).map(choice -> place[choice]).toArray();
    }

    private static Statistic share(int[] place, int within, int[] weights) {
        var found = 0L;
        var count = 0L;
        for (int row = 0; row < place.length; row++) {
            found += place[row] <= within ? weights[row] : 0;
            count += weights[row];
        }
        return count == 0 ? new Statistic.Unknown("There is no row") : new Statistic.Known((double) found / count);
    }

    private record Statistics(Statistic top1, Statistic top3, Statistic majorityTop1, Statistic majorityTop3) {

        Statistic difference() {
            return top1 instanceof Statistic.Known ours && majorityTop1 instanceof Statistic.Known baseline
                    ? new Statistic.Known(ours.number() - baseline.number())
                    : top1;
        }
    }
}
