package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.auspex.kernel.evaluation.Cohort.flags;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void intervalsHoldTheirFigures() {
        var cohort = Cohort.of(400, 3, 5);

        assertThat(figures(cohort)).allSatisfy(figure -> {
            var interval = figure.confidence().orElseThrow();
            assertThat(figure.value().orElseThrow()).isBetween(interval.low(), interval.high());
            assertThat(interval.resamples()).isEqualTo(1000);
            assertThat(interval.skipped()).isZero();
            assertThat(figure.gap()).isEmpty();
        });
    }

    @Test
    void fourTimesTheRowsGiveAboutHalfTheWidth() {
        var few = figures(Cohort.of(500, 3, 5));
        var many = figures(Cohort.of(2000, 3, 6));

        assertThat(IntStream.range(0, few.size()).mapToDouble(i -> width(few.get(i)) / width(many.get(i))))
                .allSatisfy(ratio -> assertThat(ratio).isBetween(1.6, 2.5));
    }

    @Test
    void theWidthIsThatOfTheBinomialDistribution() {
        // The Brier score of predicting 0 is the share of positives, whose standard error is known.
        var positive = flags(1000, row -> row % 4 == 0);

        var brier = Evaluation.ofProbabilities(new double[1000], positive, Bootstrap.seeded(3))
                .brierScore();

        // 2 * 1.96 * sqrt(0.25 * 0.75 / 1000); 1000 resamples tell the width to a few percent
        assertThat(width(brier)).isCloseTo(0.05368, withinPercentage(10));
    }

    @Test
    void theSameSeedGivesTheSameFiguresAndAnotherOthers() {
        var cohort = Cohort.of(200, 3, 5);

        var first = cohort.evaluate(Bootstrap.seeded(1));

        assertThat(cohort.evaluate(Bootstrap.seeded(1))).isEqualTo(first);
        assertThat(cohort.evaluateSurvival(Bootstrap.seeded(1)))
                .isEqualTo(cohort.evaluateSurvival(Bootstrap.seeded(1)));
        assertThat(cohort.evaluate(Bootstrap.seeded(2)).discrimination().auroc().confidence())
                .isNotEqualTo(first.discrimination().auroc().confidence());
    }

    @Test
    void countsResamplesThatDoNotDefineAFigure() {
        var positive = flags(50, row -> row == 20);
        var probability = IntStream.range(0, 50).mapToDouble(row -> row / 50.0).toArray();

        var evaluation = Evaluation.ofProbabilities(probability, positive, Bootstrap.seeded(1));

        // A resample misses the only positive row in (1 - 1/50)^50 = 36 % of all cases.
        var auroc = evaluation.discrimination().auroc().confidence().orElseThrow();
        assertThat(auroc.skipped()).isBetween(310, 420);
        assertThat(auroc.resamples() + auroc.skipped()).isEqualTo(1000);
        assertThat(evaluation.brierScore().confidence().orElseThrow().skipped()).isZero();
    }

    @Test
    void givesNoIntervalWhenMostResamplesDoNotDefineTheFigure() {
        // Only (0.1, positive) lies below a negative row, so most resamples of 4 rows are separated.
        var probability = new double[] {0.1, 0.2, 0.6, 0.7};
        var positive = Cohort.outcomes(1, 0, 1, 1);

        var slope = Evaluation.ofProbabilities(probability, positive, Bootstrap.seeded(1))
                .calibration()
                .slope();

        assertThat(slope.value()).isPresent();
        assertThat(slope.confidence()).isEmpty();
        assertThat(slope.gap().orElseThrow()).matches("Only \\d+ of 1000 resamples define it");
    }

    @Test
    void oneRowHasABrierScoreAndNoInterval() {
        var evaluation = Evaluation.ofProbabilities(new double[] {0.8}, new boolean[] {true}, Bootstrap.seeded(1));

        assertThat(evaluation.brierScore()).isInstanceOf(Figure.Bare.class);
        assertThat(evaluation.brierScore().gap()).contains("One person alone cannot be resampled");
        assertThat(evaluation.discrimination().auroc()).isEqualTo(new Figure.Undefined("No row is negative"));
        assertThat(evaluation.calibration().slope()).isEqualTo(new Figure.Undefined("No row is negative"));
    }

    @Test
    void saysWhyAOneSidedSampleDefinesNothingButTheBrierScore() {
        var evaluation = Evaluation.ofProbabilities(
                new double[] {0.1, 0.2, 0.3}, new boolean[] {false, false, false}, Bootstrap.seeded(1));

        var reason = new Figure.Undefined("No row is positive");
        assertThat(evaluation.discrimination()).isEqualTo(new Discrimination(reason, reason));
        assertThat(evaluation.calibration()).isEqualTo(new Calibration(reason, reason, reason, reason, 0));
        assertThat(evaluation.brierScore().value()).isPresent();
    }

    @Test
    void saysThatThereAreNoRows() {
        var evaluation = Evaluation.ofProbabilities(new double[0], new boolean[0], Bootstrap.seeded(1));

        var reason = new Figure.Undefined("There are no rows");
        assertThat(evaluation)
                .isEqualTo(new ProbabilityEvaluation(
                        0,
                        0,
                        new Discrimination(reason, reason),
                        reason,
                        new Calibration(reason, reason, reason, reason, 0)));
    }

    @Test
    void everySmallSampleHasFiguresOrReasons() {
        var values = new double[] {0, Double.MIN_VALUE, 1e-9, 1e-6, 0.3, Math.nextUp(0.3), 0.5, 1 - 1e-9, 1};
        var random = new Random(1);
        for (var sample = 0; sample < 1000; sample++) {
            var rows = random.nextInt(12);
            var probability = random.ints(rows, 0, values.length)
                    .mapToDouble(i -> values[i])
                    .toArray();
            var time = random.ints(rows, 0, 4).asDoubleStream().toArray();
            var outcome = flags(rows, row -> random.nextBoolean());
            var bootstrap = new Bootstrap(100, sample);

            var judged = Evaluation.ofProbabilities(probability, outcome, bootstrap);
            var followed = Evaluation.ofSurvival(probability, Endings.of(time, outcome), bootstrap);

            assertThat(figures(judged, followed))
                    .allSatisfy(figure -> assertThat(figure.gap())
                            .isNotEqualTo(Optional.of("The regression on the logit did not converge"))
                            .satisfies(gap ->
                                    assertThat(figure.confidence().isPresent()).isNotEqualTo(gap.isPresent())));
        }
    }

    @Test
    void drawsPeopleWithAllRowsAboutThem() {
        var cohort = Cohort.of(200, 3, 8);
        var twice = IntStream.range(0, 400).map(row -> row / 2).toArray();
        var people = IntStream.of(twice).mapToObj(person -> "p" + person).toList();

        var once = cohort.evaluate(new Bootstrap(200, 1));
        var doubled = Evaluation.ofProbabilities(
                IntStream.of(twice).mapToDouble(row -> cohort.probability[row]).toArray(),
                flags(400, row -> cohort.positive[twice[row]]),
                new Bootstrap(200, 1).by(people));

        // Everybody's row is there twice: nothing is known that was not, so no interval is narrower.
        assertThat(width(doubled.brierScore())).isCloseTo(width(once.brierScore()), within(1e-12));
        assertThat(width(doubled.discrimination().auroc()))
                .isCloseTo(width(once.discrimination().auroc()), within(1e-12));
    }

    @Test
    void refusesPeopleOfOtherRows() {
        assertThatThrownBy(() -> Cohort.of(3, 3, 1).evaluate(new Bootstrap(100, 1, List.of("p"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot evaluate: there are 3 of 'row' but 1 of 'people'; give one per row");
    }

    @Test
    void refusesTooFewResamples() {
        assertThatThrownBy(() -> new Bootstrap(99, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A 95 % interval needs at least 100 resamples, not 99");
    }

    /** Two to four seconds on one core; comparing each pair, or sorting each resample, would take minutes. */
    @Test
    void tenThousandRowsTakeSeconds() {
        var cohort = Cohort.of(10_000, 9, 5);

        assertTimeout(Duration.ofSeconds(30), () -> figures(cohort));
    }

    private static List<Figure> figures(Cohort cohort) {
        return figures(cohort.evaluate(Bootstrap.seeded(1)), cohort.evaluateSurvival(Bootstrap.seeded(1)));
    }

    private static List<Figure> figures(ProbabilityEvaluation judged, SurvivalEvaluation followed) {
        return List.of(
                judged.discrimination().auroc(),
                judged.discrimination().averagePrecision(),
                judged.brierScore(),
                judged.calibration().inTheLarge(),
                judged.calibration().slope(),
                judged.calibration().intercept(),
                followed.concordance());
    }

    private static double width(Figure figure) {
        var interval = figure.confidence().orElseThrow();
        return interval.high() - interval.low();
    }
}
