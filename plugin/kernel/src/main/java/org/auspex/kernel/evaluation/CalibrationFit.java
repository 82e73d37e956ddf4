package org.auspex.kernel.evaluation;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The outcome regressed on the logit of the prediction. */
final class CalibrationFit {

    private static final double NEAREST = 1e-6;

    private final Optional<String> oneSided;
    private final LogisticLikelihood likelihood;
    private final Start start;

    private CalibrationFit(Optional<String> oneSided, LogisticLikelihood likelihood, Start start) {
        this.oneSided = oneSided;
        this.likelihood = likelihood;
        this.start = start;
    }

    /**
     * Where the search for the curves begins: at those of the sample that rows were drawn from, a few steps lead to theirs.
     *
     * @param intercept with the slope held at 1
     * @param line empty if the sample has none
     */
    record Start(double intercept, Optional<LogisticLikelihood.Curve> line) {
        static final Start ANYWHERE = new Start(0, Optional.empty());
    }

    /** Where the search in resamples of the same rows begins. */
    Start start() {
        return oneSided.isPresent()
                ? Start.ANYWHERE
                : new Start(
                        likelihood
                                .highestWithSlopeOne(0)
                                .map(LogisticLikelihood.Curve::intercept)
                                .orElse(0.0),
                        likelihood.unbounded().isPresent() ? Optional.empty() : likelihood.highest());
    }

    static CalibrationFit of(Tally tally, Start start) {
        var levels = tally.occupied();
        var logits = IntStream.of(levels)
                .mapToDouble(level -> logit(tally.prediction(level)))
                .toArray();
        var positives = IntStream.of(levels).mapToDouble(tally::positives).toArray();
        var negatives = IntStream.of(levels).mapToDouble(tally::negatives).toArray();
        return new CalibrationFit(tally.oneSided(), new LogisticLikelihood(logits, positives, negatives), start);
    }

    /** Whether a probability is so near 0 or 1 that its logit is taken at a millionth from it. */
    static boolean movesIntoReach(double probability) {
        return probability < NEAREST || probability > 1 - NEAREST;
    }

    private static double logit(double probability) {
        var reachable = Math.min(Math.max(probability, NEAREST), 1 - NEAREST);
        return Math.log(reachable / (1 - reachable));
    }

    /** The intercept with the slope held at 1. */
    Statistic inTheLarge() {
        return oneSided.<Statistic>map(Statistic.Unknown::new)
                .orElseGet(() ->
                        number(likelihood.highestWithSlopeOne(start.intercept()), LogisticLikelihood.Curve::intercept));
    }

    /** Both fitted. */
    Line line() {
        return oneSided.or(likelihood::unbounded)
                .<Line>map(reason -> new Line(new Statistic.Unknown(reason), new Statistic.Unknown(reason)))
                .orElseGet(() -> line(likelihood.highest(start.line())));
    }

    /** The slope alone, where intercept and slope are both fitted to outcomes of both kinds. */
    static Statistic slope(LogisticLikelihood likelihood) {
        return likelihood
                .unbounded()
                .<Statistic>map(Statistic.Unknown::new)
                .orElseGet(() -> number(likelihood.highest(), LogisticLikelihood.Curve::slope));
    }

    private static Line line(Optional<LogisticLikelihood.Curve> curve) {
        return new Line(
                number(curve, LogisticLikelihood.Curve::slope), number(curve, LogisticLikelihood.Curve::intercept));
    }

    private static Statistic number(
            Optional<LogisticLikelihood.Curve> curve, Function<LogisticLikelihood.Curve, Double> number) {
        return curve.map(number)
                .<Statistic>map(Statistic.Known::new)
                .orElseGet(() -> new Statistic.Unknown("The regression on the logit did not converge"));
    }

    record Line(Statistic slope, Statistic intercept) {}
}
