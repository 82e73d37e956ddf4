package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurveEvaluationTest {

    private static final org.assertj.core.data.Offset<Double> ROUNDING = within(1e-12);

    @Test
    void averagesTheSquaredErrorOverTime() {
        var evaluation = judge(
                new double[][] {{0.5, 0.2}, {0.8, 0.6}, {0.9, 0.7}}, new double[] {1, 2, 3}, outcomes(1, 0, 1), 1, 2);

        // Nobody is censored before 2, so every row counts once: squared errors 0.25, 0.04, 0.01 at 1 and 0.04, 0.16,
        // 0.09 at 2.
        assertThat(evaluation.integratedBrierScore().value().orElseThrow())
                .isCloseTo((0.135 + 0.06 + 0.0275) / 3, ROUNDING);
        assertThat(evaluation.end()).isEqualTo(2.0);
    }

    @Test
    void countsRowsForThoseWhoWereCensored() {
        var evaluation = judge(new double[][] {{0.5}, {0.4}, {0.8}}, new double[] {1, 2, 3}, outcomes(0, 1, 1), 2);

        // A third was censored before 2; the other two count one and a half times.
        assertThat(evaluation.integratedBrierScore().value().orElseThrow())
                .isCloseTo(1.5 * (0.16 + 0.04) / 2 / 3, ROUNDING);
        var horizon = evaluation.horizons().get(0);
        assertThat(horizon.observedRisk().value().orElseThrow()).isCloseTo(0.5, ROUNDING);
        assertThat(horizon.inTheLarge().value().orElseThrow()).isCloseTo(0.5 - 1.3 / 3, ROUNDING);
    }

    @Test
    void findsTheTruthCalibratedAndBetterThanKaplanMeier() {
        var cohort = simulated(2000, 1);

        var evaluation = judge(cohort.free, cohort.time, cohort.event, 1, 2);

        for (var horizon : evaluation.horizons()) {
            assertThat(horizon.slope().confidence().orElseThrow().low()).isLessThan(1);
            assertThat(horizon.slope().confidence().orElseThrow().high()).isGreaterThan(1);
            assertThat(horizon.inTheLarge().value().orElseThrow()).isCloseTo(0, within(0.03));
            assertThat(horizon.groups())
                    .hasSize(5)
                    .allSatisfy(group -> assertThat(group.observedRisk().value().orElseThrow())
                            .isCloseTo(group.meanRisk(), within(0.08)));
        }
        assertThat(evaluation.difference().confidence().orElseThrow().high()).isNegative();
    }

    @Test
    void tellsExtremeRisksByTheirSlope() {
        var cohort = simulated(2000, 2);
        var extreme = Arrays.stream(cohort.free)
                .map(curve -> Arrays.stream(curve)
                        .map(p -> 1 / (1 + Math.exp(-2 * Math.log(p / (1 - p)))))
                        .toArray())
                .toArray(double[][]::new);

        var evaluation = judge(extreme, cohort.time, cohort.event, 1, 2);

        assertThat(evaluation.horizons().get(0).slope().value().orElseThrow()).isCloseTo(0.5, within(0.1));
    }

    @Test
    void judgesACohortOfOneWithoutIntervals() {
        var evaluation = judge(new double[][] {{0.7, 0.5}}, new double[] {3}, outcomes(1), 1, 2);

        assertThat(evaluation.integratedBrierScore().value()).isPresent();
        assertThat(evaluation.integratedBrierScore().gap()).contains("One person alone cannot be resampled");
        assertThat(evaluation.order().concordance().gap()).isPresent();
        assertThat(evaluation.horizons().get(0).slope().gap()).contains("Nobody had the event by 1.0");
    }

    @Test
    void saysWhyThereIsNoSlopeWithoutEvents() {
        var evaluation = judge(new double[][] {{0.7}, {0.8}}, new double[] {3, 4}, outcomes(0, 0), 1);

        assertThat(evaluation.horizons().get(0).slope().gap()).contains("Nobody had the event by 1.0");
        assertThat(evaluation.horizons().get(0).observedRisk().value()).contains(0.0);
        assertThat(evaluation.order().concordance().value()).isEmpty();
    }

    @Test
    void saysWhyThereIsNoSlopeWhereEverybodyHadTheEvent() {
        var evaluation = judge(new double[][] {{0.7}, {0.8}}, new double[] {0.5, 1}, outcomes(1, 1), 1);

        assertThat(evaluation.horizons().get(0).slope().gap()).contains("Nobody was free of the event at 1.0");
        assertThat(evaluation.horizons().get(0).observedRisk().value()).contains(1.0);
    }

    @Test
    void rankNothingByConstantPredictions() {
        var evaluation = judge(new double[][] {{0.7}, {0.7}, {0.7}}, new double[] {0.5, 1, 2}, outcomes(1, 1, 0), 1);

        assertThat(evaluation.order().concordance().value()).contains(0.5);
        assertThat(evaluation.horizons().get(0).slope().gap()).contains("All predictions are equal");
    }

    @Test
    void doesNotJudgeWhatNobodyWasFollowedTo() {
        var evaluation = judge(new double[][] {{0.7, 0.5}, {0.8, 0.6}}, new double[] {1, 1.5}, outcomes(1, 0), 1, 2);
        var tooShort = judge(new double[][] {{0.7, 0.5}, {0.8, 0.6}}, new double[] {0.2, 0.5}, outcomes(1, 0), 1, 2);

        assertThat(evaluation.end()).isEqualTo(1.0);
        assertThat(evaluation.horizons().get(1).observedRisk().gap()).contains("Nobody was followed up to 2.0");
        assertThat(tooShort.integratedBrierScore().gap())
                .contains("Nobody was followed up to the first time of the curve");
    }

    @Test
    void givesTheSameForRowsInAnyOrderWhereTimesAreTied() {
        var free = new double[][] {{0.5}, {0.6}, {0.7}, {0.8}};
        var one = judge(free, new double[] {1, 1, 1, 2}, outcomes(1, 0, 1, 0), 1);
        var other =
                judge(new double[][] {{0.8}, {0.7}, {0.6}, {0.5}}, new double[] {2, 1, 1, 1}, outcomes(0, 1, 0, 1), 1);

        assertThat(other.integratedBrierScore().value().orElseThrow())
                .isCloseTo(one.integratedBrierScore().value().orElseThrow(), ROUNDING);
        assertThat(one.horizons().get(0).observedRisk().value().orElseThrow()).isCloseTo(0.5, ROUNDING);
    }

    @Test
    void refusesANegativeTime() {
        assertThatThrownBy(() -> judge(new double[][] {{0.5}}, new double[] {-1}, outcomes(1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1: a time is 0 or more, not -1.0");
    }

    private static CurveEvaluation judge(double[][] free, double[] time, boolean[] event, double... times) {
        var risk = Arrays.stream(free)
                .mapToDouble(curve -> -Arrays.stream(curve).sum())
                .toArray();
        return Evaluation.ofCurves(
                new SurvivalPredictions(risk, free, times, times), Endings.of(time, event), new Bootstrap(200, 1));
    }

    private record Simulated(double[][] free, double[] time, boolean[] event) {}

    /** Constant hazards that differ between rows, and censoring that does not. */
    private static Simulated simulated(int rows, long seed) {
        var random = new Random(seed);
        var cohort = new Simulated(new double[rows][], new double[rows], new boolean[rows]);
        for (var row = 0; row < rows; row++) {
            var hazard = 0.4 * Math.exp(random.nextGaussian());
            cohort.free[row] = new double[] {Math.exp(-hazard), Math.exp(-2 * hazard)};
            var came = -Math.log(random.nextDouble()) / hazard;
            var censored = 4 * random.nextDouble();
            cohort.time[row] = Math.min(came, censored);
            cohort.event[row] = came <= censored;
        }
        return cohort;
    }
}
