package org.auspex.kernel.evaluation;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The log likelihood of logistic curves through outcomes that are counted or weighted, climbed by Newton's method (which for a logistic curve
 * is iteratively reweighted least squares). It is concave, so the top is the only one.
 */
final class LogisticLikelihood {

    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 60;

    /** A last step gains less than this; before it the curve is within a millionth of a standard error. */
    private static final double LEVEL = 1e-12;

    private static final int FEW = 64;
    private static final double LARGE = 1e200;

    private final double[] places;
    private final double[] positives;
    private final double[] negatives;

    /**
     * Keeps the arrays.
     *
     * @param places rising
     * @param positives positive outcomes at each place, 0 or more
     * @param negatives negative outcomes at each place, 0 or more
     */
    LogisticLikelihood(double[] places, double[] positives, double[] negatives) {
        this.places = places;
        this.positives = positives;
        this.negatives = negatives;
    }

    /** Log odds of {@code intercept + slope * place}. */
    record Curve(double intercept, double slope) {}

    /**
     * Why no curve is the likeliest, of outcomes of both kinds; empty when there is one (Albert and Anderson, Biometrika
     * 1984;71:1-10).
     */
    Optional<String> unbounded() {
        if (places[0] == places[places.length - 1]) {
            return Optional.of("All predictions are equal");
        }
        var separated = last(negatives) <= first(positives) || last(positives) <= first(negatives);
        return separated
                ? Optional.of(
                        "The predictions separate positive from negative rows, so the slope has no finite estimate")
                : Optional.empty();
    }

    private double first(double[] outcomes) {
        return places[
                IntStream.range(0, places.length)
                        .filter(i -> outcomes[i] > 0)
                        .findFirst()
                        .orElseThrow()];
    }

    private double last(double[] outcomes) {
        return places[
                IntStream.range(0, places.length)
                        .filter(i -> outcomes[i] > 0)
                        .reduce((before, after) -> after)
                        .orElseThrow()];
    }

    /**
     * The likeliest curve of slope 1, of outcomes of both kinds; empty when it was not reached.
     *
     * @param intercept where to begin; wherever that is, the top is the same
     */
    Optional<Curve> highestWithSlopeOne(double intercept) {
        return climb(new Curve(intercept, 1), false);
    }

    /** The likeliest curve; empty when it was not reached. It must not be {@link #unbounded()}. */
    Optional<Curve> highest() {
        return highest(Optional.empty());
    }

    /**
     * The same.
     *
     * @param start where to begin, such as at the curve of a sample that these outcomes were drawn from
     */
    Optional<Curve> highest(Optional<Curve> start) {
        var mean = mean(places);
        var spread = Math.sqrt(
                mean(Arrays.stream(places).map(x -> (x - mean) * (x - mean)).toArray()));
        // Places of mean 0 and spread 1 keep the two equations of a step apart, however near the predictions lie.
        var standard = Arrays.stream(places).map(x -> (x - mean) / spread).toArray();
        return new LogisticLikelihood(standard, positives, negatives)
                .climb(
                        start.map(curve -> new Curve(curve.intercept() + curve.slope() * mean, curve.slope() * spread))
                                .orElse(new Curve(0, 0)),
                        true)
                .map(curve -> new Curve(curve.intercept() - curve.slope() * mean / spread, curve.slope() / spread));
    }

    private double mean(double[] values) {
        var sum = 0.0;
        var count = 0.0;
        for (var i = 0; i < values.length; i++) {
            var outcomes = positives[i] + negatives[i];
            sum += outcomes * values[i];
            count += outcomes;
        }
        return sum / count;
    }

    private Optional<Curve> climb(Curve start, boolean slopeIsFree) {
        var here = at(start);
        for (var steps = 0; steps < MOST_STEPS; steps++) {
            var step = slopeIsFree ? here.step() : here.stepOfIntercept();
            if (step.gain() < LEVEL) {
                return Optional.of(step.from(here.curve(), 1));
            }
            here = walk(here, step);
        }
        return Optional.empty();
    }

    /** The step, or so much of it that does not lead down. */
    private Spot walk(Spot from, Step step) {
        var to = at(step.from(from.curve(), 1));
        var rounding = 1e-12 * Math.abs(from.logLikelihood());
        for (var halvings = 1;
                halvings < MOST_HALVINGS && to.logLikelihood() < from.logLikelihood() - rounding;
                halvings++) {
            to = at(step.from(from.curve(), Math.scalb(1.0, -halvings)));
        }
        return to;
    }

    private Spot at(Curve curve) {
        var logLikelihood = 0.0;
        var product = 1.0;
        var score = 0.0;
        var scoreOfSlope = 0.0;
        var information = 0.0;
        var sharedInformation = 0.0;
        var informationOfSlope = 0.0;
        for (var i = 0; i < places.length; i++) {
            var x = places[i];
            var outcomes = positives[i] + negatives[i];
            var logOdds = curve.intercept() + curve.slope() * x;
            var odds = Math.exp(-Math.abs(logOdds)); // of the less likely outcome, so that it cannot overflow
            logLikelihood += positives[i] * logOdds - outcomes * Math.max(logOdds, 0);
            // Of a few whole outcomes the factors are multiplied, and one logarithm is taken of many: no factor is
            // above 2.
            if (outcomes <= FEW && outcomes == Math.rint(outcomes)) {
                for (var one = 0; one < outcomes; one++) {
                    product *= 1 + odds;
                }
                if (product > LARGE) {
                    logLikelihood -= Math.log(product);
                    product = 1;
                }
            } else {
                logLikelihood -= outcomes * Math.log1p(odds);
            }
            var excess = positives[i] - outcomes * (logOdds < 0 ? odds : 1) / (1 + odds);
            score += excess;
            scoreOfSlope += excess * x;
            var weight = outcomes * odds / ((1 + odds) * (1 + odds));
            information += weight;
            sharedInformation += weight * x;
            informationOfSlope += weight * x * x;
        }
        logLikelihood -= Math.log(product);
        return new Spot(curve, logLikelihood, score, scoreOfSlope, information, sharedInformation, informationOfSlope);
    }

    /** The log likelihood at a curve, with its first derivatives (score) and its negated second ones (information). */
    private record Spot(
            Curve curve,
            double logLikelihood,
            double score,
            double scoreOfSlope,
            double information,
            double sharedInformation,
            double informationOfSlope) {

        Step stepOfIntercept() {
            return new Step(score / information, 0, score * score / information);
        }

        Step step() {
            var determinant = information * informationOfSlope - sharedInformation * sharedInformation;
            var intercept = (informationOfSlope * score - sharedInformation * scoreOfSlope) / determinant;
            var slope = (information * scoreOfSlope - sharedInformation * score) / determinant;
            return new Step(intercept, slope, intercept * score + slope * scoreOfSlope);
        }
    }

    /**
     * One step of Newton's method.
     *
     * @param gain twice what it would gain were the log likelihood a parabola
     */
    private record Step(double intercept, double slope, double gain) {

        Curve from(Curve curve, double share) {
            return new Curve(curve.intercept() + share * intercept, curve.slope() + share * slope);
        }
    }
}
