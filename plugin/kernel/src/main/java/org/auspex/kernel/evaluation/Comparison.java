package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model beside something simpler on the same rows, with paired bootstrap intervals.
 *
 * @param with what it is compared with
 * @param rows on which both say something
 */
public record Comparison(String with, int rows, List<Line> lines) {

    public Comparison {
        lines = List.copyOf(lines);
    }

    /**
     * One figure of both.
     *
     * @param difference that of the model less that of the other
     */
    public record Line(String measure, Figure ofModel, Figure ofOther, Figure difference) {}

    /** Two predicted probabilities: AUROC, AUPRC and Brier score. */
    public static Comparison ofProbabilities(
            String with, double[] ofModel, double[] ofOther, boolean[] positive, Bootstrap bootstrap) {
        var model = BinaryRows.ofProbabilities(ofModel, positive);
        var other = BinaryRows.ofProbabilities(ofOther, positive);
        return of(with, positive.length, Measures.ofProbabilities(model), Measures.ofProbabilities(other), bootstrap);
    }

    /** Probabilities of the share of positives of these rows for everybody: what knows nothing of the subject. */
    public static Comparison withPrevalence(double[] ofModel, boolean[] positive, Bootstrap bootstrap) {
        var prevalence = new double[positive.length];
        var positives =
                IntStream.range(0, positive.length).filter(row -> positive[row]).count();
        Arrays.fill(prevalence, (double) positives / positive.length);
        return ofProbabilities("prevalence of these rows", ofModel, prevalence, positive, bootstrap);
    }

    /** Two predictions of which one at least is no probability: AUROC and AUPRC. */
    public static Comparison ofScores(
            String with, double[] ofModel, double[] ofOther, boolean[] positive, Bootstrap bootstrap) {
        var model = BinaryRows.ofScores(ofModel, positive);
        var other = BinaryRows.ofScores(ofOther, positive);
        return of(with, positive.length, Measures.ofScores(model), Measures.ofScores(other), bootstrap);
    }

    /** Two predictions of when an event comes: concordance. */
    public static Comparison ofSurvival(
            String with, double[] ofModel, double[] ofOther, Endings endings, Bootstrap bootstrap) {
        return of(
                with,
                endings.count(),
                Measures.ofSurvival(SurvivalRows.of(ofModel, endings)),
                Measures.ofSurvival(SurvivalRows.of(ofOther, endings)),
                bootstrap);
    }

    private static Comparison of(String with, int rows, Measures ofModel, Measures ofOther, Bootstrap bootstrap) {
        var replicates = bootstrap.replicate(
                rows,
                weights -> Pair.all(
                        ofModel.statistics().apply(weights),
                        ofOther.statistics().apply(weights)));
        return new Comparison(
                with,
                rows,
                IntStream.range(0, ofModel.count())
                        .mapToObj(i -> new Line(
                                ofModel.each().get(i).name(),
                                replicates.figure(pairs -> pairs.get(i).model()),
                                replicates.figure(pairs -> pairs.get(i).other()),
                                replicates.figure(pairs -> pairs.get(i).difference())))
                        .toList());
    }

    private record Pair(Statistic model, Statistic other) {

        static List<Pair> all(List<Statistic> ofModel, List<Statistic> ofOther) {
            return IntStream.range(0, ofModel.size())
                    .mapToObj(i -> new Pair(ofModel.get(i), ofOther.get(i)))
                    .toList();
        }

        Statistic difference() {
            if (model instanceof Statistic.Known one && other instanceof Statistic.Known another) {
                return new Statistic.Known(one.number() - another.number());
            }
            return model instanceof Statistic.Known ? other : model;
        }
    }
}
