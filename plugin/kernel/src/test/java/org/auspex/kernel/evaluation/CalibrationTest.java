package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auspex.kernel.evaluation.Cohort.flags;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** Two fits of one curve that stop at different times agree to about this much. */
    private static final Offset<Double> FIT = within(1e-9);

    @Test
    void agreesWithStatsmodelsOnTwentyRows() {
        var evaluation = evaluate(TwentyRows.PROBABILITY, TwentyRows.POSITIVE);

        // statsmodels 0.13.5 (Debian 12), x = log(p / (1 - p)), tol=1e-14:
        // GLM(y, add_constant(x), Binomial()) and GLM(y, ones, offset=x, Binomial()); Brier by scikit-learn 1.2.1
        assertThat(evaluation.brierScore().value().orElseThrow()).isCloseTo(0.200875, within(1e-12));
        assertThat(evaluation.calibration().slope().value().orElseThrow()).isCloseTo(0.6932206801296046, FIT);
        assertThat(evaluation.calibration().intercept().value().orElseThrow()).isCloseTo(0.043881536270889254, FIT);
        assertThat(evaluation.calibration().inTheLarge().value().orElseThrow()).isCloseTo(0.1384828799447492, FIT);
        assertThat(evaluation.calibration().moved()).isZero();
    }

    @Test
    void takesTheLogitsOfCertaintiesAtAMillionthAndCountsThem() {
        var probability = TwentyRows.PROBABILITY.clone();
        probability[0] = 0;
        probability[1] = 0;
        probability[6] = 0;
        probability[19] = 1;

        var evaluation = evaluate(probability, TwentyRows.POSITIVE);

        // As above, with p = clip(p, 1e-6, 1 - 1e-6) for the regressions and p as it is for the Brier score
        assertThat(evaluation.brierScore().value().orElseThrow()).isCloseTo(0.2185, within(1e-12));
        assertThat(evaluation.calibration().slope().value().orElseThrow()).isCloseTo(0.10334235814328857, FIT);
        assertThat(evaluation.calibration().intercept().value().orElseThrow()).isCloseTo(-0.06259418373201109, FIT);
        assertThat(evaluation.calibration().inTheLarge().value().orElseThrow()).isCloseTo(0.23813091739309752, FIT);
        assertThat(evaluation.calibration().moved()).isEqualTo(4);
    }

    @Test
    void givesThePublishedBrierScoreOfFourRows() {
        var evaluation = evaluate(new double[] {0.1, 0.9, 0.8, 0.3}, outcomes(0, 1, 1, 0));

        // The example in scikit-learn's documentation of brier_score_loss: 0.037...; (0.01 + 0.01 + 0.04 + 0.09) / 4
        assertThat(evaluation.brierScore().value().orElseThrow()).isCloseTo(0.0375, within(1e-12));
    }

    @Test
    void theIntervalsOfATrueModelHoldZeroAndOne() {
        var calibration = Cohort.of(5000, 6, 11).evaluate(Bootstrap.seeded(1)).calibration();

        assertThat(holds(calibration.slope(), 1)).isTrue();
        assertThat(holds(calibration.intercept(), 0)).isTrue();
        assertThat(holds(calibration.inTheLarge(), 0)).isTrue();
    }

    @Test
    void tellsByHowMuchLogOddsAreTooLowAndHowMuchTooExtreme() {
        var cohort = Cohort.of(1000, 2, 12);
        var truth = evaluate(cohort.probability, cohort.positive).calibration();
        var odd = DoubleStream.of(cohort.probability)
                .map(p -> 1 / (1 + Math.exp(-(2 * Math.log(p / (1 - p)) - 0.5))))
                .toArray();

        var calibration = evaluate(odd, cohort.positive).calibration();

        // With x' = 2 x - 0.5, a + b x = (a + b / 4) + b / 2 x'
        var slope = truth.slope().value().orElseThrow();
        var intercept = truth.intercept().value().orElseThrow();
        assertThat(calibration.slope().value().orElseThrow()).isCloseTo(slope / 2, FIT);
        assertThat(calibration.intercept().value().orElseThrow()).isCloseTo(intercept + slope / 4, FIT);
    }

    @Test
    void fitsPredictionsThatAreFarOff() {
        var positive = flags(1000, row -> row % 2 == 0);
        var probability = new double[1000];
        Arrays.setAll(probability, row -> row % 4 < 2 ? 0 : 1e-5);

        var calibration = evaluate(probability, positive).calibration();

        // Half of the rows are positive whatever was predicted, so the curve is flat at even odds.
        assertThat(calibration.slope().value().orElseThrow()).isCloseTo(0, FIT);
        assertThat(calibration.intercept().value().orElseThrow()).isCloseTo(0, FIT);
        assertThat(calibration.inTheLarge().value().orElseThrow()).isBetween(11.5, 13.9);
    }

    @Test
    void fitsPredictionsThatHardlyDiffer() {
        var probability = new double[] {0.5, 0.5, 0.5, 0.5 + 1e-12, 0.5 + 1e-12, 0.5 + 1e-12};

        var calibration = evaluate(probability, outcomes(0, 0, 1, 0, 1, 1)).calibration();

        // Log odds go from -log 2 to log 2 over a logit difference of 4e-12, as far as doubles near 0.5 tell it (1e-4).
        assertThat(calibration.slope().value().orElseThrow()).isCloseTo(Math.log(2) / 2e-12, within(1e8));
        assertThat(calibration.intercept().value().orElseThrow()).isCloseTo(-Math.log(2), FIT);
    }

    @Test
    void hasNoSlopeWhenThePredictionsSeparateTheOutcomes() {
        var calibration = evaluate(new double[] {0.1, 0.2, 0.2, 0.3}, outcomes(0, 0, 1, 1))
                .calibration();

        assertThat(calibration.slope().gap().orElseThrow()).contains("separate");
        assertThat(calibration.intercept().gap()).isEqualTo(calibration.slope().gap());
        assertThat(calibration.inTheLarge().value()).isPresent();
    }

    @Test
    void hasNoSlopeWhenAllPredictionsAreEqual() {
        var calibration = evaluate(new double[] {0.5, 0.5, 0.5, 0.5}, outcomes(1, 0, 0, 0))
                .calibration();

        assertThat(calibration.slope()).isEqualTo(new Figure.Undefined("All predictions are equal"));
        assertThat(calibration.intercept()).isEqualTo(new Figure.Undefined("All predictions are equal"));
        assertThat(calibration.inTheLarge().value().orElseThrow()).isCloseTo(-Math.log(3), FIT);
    }

    private static boolean holds(Figure figure, double value) {
        var interval = figure.confidence().orElseThrow();
        return interval.low() <= value && value <= interval.high();
    }

    private static ProbabilityEvaluation evaluate(double[] probability, boolean[] positive) {
        return Evaluation.ofProbabilities(probability, positive, new Bootstrap(100, 1));
    }
}
