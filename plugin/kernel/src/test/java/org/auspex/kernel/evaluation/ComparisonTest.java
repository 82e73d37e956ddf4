package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(400, 1);

    @Test
    void thePrevalenceKnowsNothingOfTheSubject() {
        var comparison = Comparison.withPrevalence(TwentyRows.PROBABILITY, TwentyRows.POSITIVE, BOOTSTRAP);

        assertThat(comparison.lines())
                .extracting(Comparison.Line::measure)
                .containsExactly("AUROC", "AUPRC", "Brier score");
        assertThat(comparison.lines().get(0).ofOther().value()).contains(0.5);
        assertThat(comparison.lines().get(1).ofOther().value().orElseThrow()).isCloseTo(0.45, within(1e-12));
        // 0.45 * 0.55; the model's 0.200875 is scikit-learn's
        assertThat(comparison.lines().get(2).ofOther().value().orElseThrow()).isCloseTo(0.2475, within(1e-12));
        assertThat(comparison.lines().get(2).difference().value().orElseThrow())
                .isCloseTo(0.200875 - 0.2475, within(1e-12));
    }

    @Test
    void theDifferenceFromItselfIsNothing() {
        var cohort = Cohort.of(300, 6, 3);

        var comparison = Comparison.ofProbabilities(
                "itself", cohort.probability, cohort.probability, cohort.positive, BOOTSTRAP);

        assertThat(comparison.lines()).allSatisfy(line -> {
            var interval = line.difference().confidence().orElseThrow();
            assertThat(interval.low()).isZero();
            assertThat(interval.high()).isZero();
        });
    }

    @Test
    void seesThatNoiseIsWorse() {
        var cohort = Cohort.of(600, 6, 4);
        var noise = DoubleStream.of(cohort.probability).map(p -> p * 1e7 % 13).toArray();

        var ranked = Comparison.ofScores("noise", cohort.probability, noise, cohort.positive, BOOTSTRAP);
        var timed = Comparison.ofSurvival(
                "noise", cohort.probability, noise, Endings.of(cohort.time, cohort.event), BOOTSTRAP);

        assertThat(ranked.lines().get(0).difference().confidence().orElseThrow().low())
                .isPositive();
        assertThat(timed.lines().get(0).difference().confidence().orElseThrow().low())
                .isPositive();
    }
}
