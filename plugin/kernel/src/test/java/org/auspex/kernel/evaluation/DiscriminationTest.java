package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscriminationTest {

    /** Figures are sums of at most thousands of terms, so only rounding is allowed. */
    private static final Offset<Double> ROUNDING = within(1e-12);

    @Test
    void givesThePublishedFiguresOfFourRows() {
        var scores = new double[] {0.1, 0.4, 0.35, 0.8};

        var discrimination = discrimination(scores, outcomes(0, 0, 1, 1));

        // The example in scikit-learn's documentation of roc_auc_score and average_precision_score: 0.75 and 0.83.
        assertThat(discrimination.auroc().value().orElseThrow()).isEqualTo(0.75);
        assertThat(discrimination.averagePrecision().value().orElseThrow()).isCloseTo(5.0 / 6, ROUNDING);
    }

    @Test
    void takesTiedScoresAsOneThreshold() {
        var scores = new double[] {1, 2, 2, 2, 3};

        var discrimination = discrimination(scores, outcomes(0, 0, 1, 0, 1));

        // By hand: 3 beats all 3 negatives; 2 beats one and ties with two, (3 + 1 + 2/2) / 6.
        assertThat(discrimination.auroc().value().orElseThrow()).isCloseTo(5.0 / 6, ROUNDING);
        // By hand: half of the positives at precision 1/1, half at 2/4.
        assertThat(discrimination.averagePrecision().value().orElseThrow()).isCloseTo(0.75, ROUNDING);
    }

    @Test
    void agreesWithScikitLearnOnTwentyRowsWithTies() {
        var discrimination = Evaluation.ofProbabilities(
                        TwentyRows.PROBABILITY, TwentyRows.POSITIVE, Bootstrap.seeded(1))
                .discrimination();

        // scikit-learn 1.2.1 (Debian 12): roc_auc_score(y, p), average_precision_score(y, p)
        assertThat(discrimination.auroc().value().orElseThrow()).isCloseTo(0.7626262626262627, ROUNDING);
        assertThat(discrimination.averagePrecision().value().orElseThrow()).isCloseTo(0.7334054834054835, ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"50, 1", "501, 1", "501, 2", "2000, 6"})
    void agreesWithTheMannWhitneyStatistic(int rows, int decimals) {
        var cohort = Cohort.of(rows, decimals, 7);

        var auroc = discrimination(cohort.probability, cohort.positive).auroc();

        var positives = scores(cohort, true);
        var negatives = scores(cohort, false);
        var u = MannWhitneyUTest.withDefaults().statistic(positives, negatives);
        assertThat(auroc.value().orElseThrow()).isCloseTo(u / positives.length / negatives.length, ROUNDING);
    }

    @Test
    void guessingIsOneHalfAndTheShareOfPositives() {
        var discrimination = discrimination(new double[] {3, 3, 3, 3}, outcomes(1, 0, 0, 0));

        assertThat(discrimination.auroc().value()).contains(0.5);
        assertThat(discrimination.averagePrecision().value()).contains(0.25);
    }

    @Test
    void bestAndWorstOrderAreOneAndZero() {
        var outcomes = outcomes(0, 0, 1, 1);

        assertThat(discrimination(new double[] {-2, -1, 0, 1e300}, outcomes)).satisfies(best -> {
            assertThat(best.auroc().value()).contains(1.0);
            assertThat(best.averagePrecision().value()).contains(1.0);
        });
        assertThat(discrimination(new double[] {4, 3, 2, 1}, outcomes).auroc().value())
                .contains(0.0);
    }

    @Test
    void zeroAndMinusZeroAreTied() {
        assertThat(discrimination(new double[] {-0.0, 0.0}, outcomes(0, 1))
                        .auroc()
                        .value())
                .contains(0.5);
    }

    @Test
    void dependsOnTheOrderOfScoresOnly() {
        var cohort = Cohort.of(300, 2, 3);
        var stretched = DoubleStream.of(cohort.probability)
                .map(value -> Math.exp(5 * value) - 3)
                .toArray();

        assertThat(discrimination(stretched, cohort.positive))
                .isEqualTo(discrimination(cohort.probability, cohort.positive));
    }

    private static Discrimination discrimination(double[] scores, boolean[] positive) {
        return Evaluation.ofScores(scores, positive, Bootstrap.seeded(1)).discrimination();
    }

    private static double[] scores(Cohort cohort, boolean positive) {
        return IntStream.range(0, cohort.positive.length)
                .filter(row -> cohort.positive[row] == positive)
                .mapToDouble(row -> cohort.probability[row])
                .toArray();
    }
}
