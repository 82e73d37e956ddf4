package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decision curve, thresholds, calibration in tenths and E/O of twenty rows; expected values by NumPy 1.24.2 from the definitions. */
class DecisionTest {

    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 1);

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.4, 0.3888888888888889",
        "0.3, 0.22142857142857145, 0.21428571428571427",
        "0.5, 0.15, -0.1",
        "0.8, -0.05, -1.75"
    })
    void netBenefitIsThatOfItsDefinition(double threshold, double ofModel, double ofAll) {
        var curve = DecisionCurve.of(TwentyRows.PROBABILITY, TwentyRows.POSITIVE, BOOTSTRAP);

        var point = curve.points().stream()
                .filter(one -> Math.abs(one.threshold() - threshold) < 1e-9)
                .findFirst()
                .orElseThrow();
        assertThat(point.netBenefit().value().orElseThrow()).isCloseTo(ofModel, ROUNDING);
        assertThat(point.ofAll()).isCloseTo(ofAll, ROUNDING);
        assertThat(point.netBenefit().confidence()).isPresent();
    }

    @Test
    void thresholdsCountWhoIsFlagged() {
        var half = Threshold.of(TwentyRows.PROBABILITY, TwentyRows.POSITIVE, List.of(0.5))
                .get(0);

        // By hand: nine rows are predicted 0.5 or more, six of them positive; nine of the twenty are positive.
        assertThat(half.flagged()).isEqualTo(new Proportion(9, 20));
        assertThat(half.sensitivity()).isEqualTo(new Proportion(6, 9));
        assertThat(half.specificity()).isEqualTo(new Proportion(8, 11));
        assertThat(half.positivePredictiveValue()).isEqualTo(new Proportion(6, 9));
        assertThat(half.negativePredictiveValue()).isEqualTo(new Proportion(8, 11));
    }

    @Test
    void aThresholdAboveEverybodyHasNoPositivePredictiveValue() {
        var none = Threshold.of(TwentyRows.PROBABILITY, TwentyRows.POSITIVE, List.of(0.99))
                .get(0);

        assertThat(none.positivePredictiveValue().share()).isEmpty();
        assertThat(none.sensitivity().share()).contains(0.0);
    }

    @Test
    void expectedToObservedIsTheRatioOfTheSums() {
        var evaluation = Evaluation.ofProbabilities(TwentyRows.PROBABILITY, TwentyRows.POSITIVE, BOOTSTRAP);

        assertThat(evaluation.calibration().expectedToObserved().value().orElseThrow())
                .isCloseTo(0.95, ROUNDING);
    }

    @Test
    void tenthsKeepEqualPredictionsTogether() {
        var groups =
                CalibrationCurve.of(TwentyRows.PROBABILITY, TwentyRows.POSITIVE).groups();

        assertThat(groups.stream().mapToLong(group -> group.observed().of()).sum())
                .isEqualTo(20);
        assertThat(groups.get(0)).isEqualTo(new CalibrationCurve.Group(0.05, new Proportion(0, 2)));
        assertThat(groups.get(1).observed()).isEqualTo(new Proportion(1, 3));
    }

    @Test
    void constantPredictionsAreOneGroup() {
        var groups = CalibrationCurve.of(new double[] {0.4, 0.4, 0.4, 0.4}, outcomes(1, 0, 0, 0))
                .groups();

        assertThat(groups).containsExactly(new CalibrationCurve.Group(0.4, new Proportion(1, 4)));
    }

    @Test
    void manyEqualPredictionsMakeNoCrumbsAfterThem() {
        var probability = new double[40];
        for (var row = 20; row < 40; row++) {
            probability[row] = row / 100.0;
        }

        var groups = CalibrationCurve.of(probability, new boolean[40]).groups();

        assertThat(groups.stream().map(group -> group.observed().of())).containsExactly(20L, 4L, 4L, 4L, 4L, 4L);
    }

    @Test
    void withNoEventsActingOnAnybodyOnlyCosts() {
        var curve = DecisionCurve.of(new double[] {0.2, 0.6}, outcomes(0, 0), BOOTSTRAP);

        assertThat(curve.points().get(49).netBenefit().value().orElseThrow()).isCloseTo(-0.5, ROUNDING);
    }
}
