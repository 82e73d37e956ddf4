package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurvivalEvaluationTest {

    private static final Offset<Double> ROUNDING = within(1e-12);

    @Test
    void agreesWithRsSurvivalOnTheLeukaemiaTrial() {
        var weeks =
                new double[] {9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45};
        var relapse = outcomes(1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1);
        var notMaintained = new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};

        var evaluation = Evaluation.ofSurvival(notMaintained, Endings.of(weeks, relapse), Bootstrap.seeded(1));

        // R 4.2.2, survival 3.5-3: concordance(Surv(time, status) ~ x, aml, reverse = TRUE)
        // gives 0.61904761904761907 from 81 concordant, 31 discordant and 98 tied pairs
        assertThat(evaluation.concordance().value().orElseThrow()).isCloseTo(0.6190476190476191, ROUNDING);
        assertThat(evaluation.comparablePairs()).isEqualTo(81 + 31 + 98);
        assertThat(evaluation.rows()).isEqualTo(23);
        assertThat(evaluation.events()).isEqualTo(18);
    }

    @Test
    void agreesWithRsSurvivalOnTiesOfEveryKind() {
        var time = new double[] {1, 2, 2, 3, 3, 4, 5, 5, 6, 7};
        var event = outcomes(1, 1, 0, 1, 1, 0, 1, 1, 0, 1);
        var risk = new double[] {9, 5, 7, 7, 2, 4, 4, 6, 1, 4};

        var evaluation = Evaluation.ofSurvival(risk, Endings.of(time, event), Bootstrap.seeded(1));

        // As above: 0.75806451612903225 from 23 concordant, 7 discordant and 1 tied pair
        assertThat(evaluation.concordance().value().orElseThrow()).isCloseTo(0.7580645161290323, ROUNDING);
        assertThat(evaluation.comparablePairs()).isEqualTo(31);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "30, 1", "200, 1", "200, 2", "400, 6"})
    void countsThePairsThatComparingEachWithEachCounts(int rows, int decimals) {
        for (var seed = 0; seed < 20; seed++) {
            var cohort = Cohort.of(rows, decimals, seed);
            var weights = new Random(seed).ints(rows, 0, 4).toArray();

            var pairs = SurvivalRows.of(cohort.probability, Endings.of(cohort.time, cohort.event))
                    .pairs(weights);

            assertThat(pairs).isEqualTo(eachWithEach(cohort, weights));
        }
    }

    @Test
    void aRowCensoredAtTheTimeOfAnEventOutlastedIt() {
        assertThat(concordance(new double[] {2, 1}, new double[] {5, 5}, 1, 0).value())
                .contains(1.0);
        assertThat(concordance(new double[] {2, 1}, new double[] {5, 5}, 0, 1).value())
                .contains(0.0);
    }

    @Test
    void equalRisksCountOneHalf() {
        assertThat(concordance(new double[] {3, 3, 3}, new double[] {1, 2, 3}, 1, 1, 1)
                        .value())
                .contains(0.5);
    }

    @Test
    void isUndefinedWithoutEvents() {
        assertThat(concordance(new double[] {1, 2}, new double[] {1, 2}, 0, 0))
                .isEqualTo(new Figure.Undefined("No row has an event"));
        assertThat(concordance(new double[0], new double[0])).isEqualTo(new Figure.Undefined("No row has an event"));
    }

    @Test
    void isUndefinedWhenNothingOutlastsAnEvent() {
        var reason = new Figure.Undefined("No row outlasted an event, so there is nothing to compare");

        assertThat(concordance(new double[] {1}, new double[] {1}, 1)).isEqualTo(reason);
        assertThat(concordance(new double[] {1, 2}, new double[] {4, 4}, 1, 1)).isEqualTo(reason);
        assertThat(concordance(new double[] {1, 2}, new double[] {3, 4}, 0, 1)).isEqualTo(reason);
    }

    private static Figure concordance(double[] risk, double[] time, int... event) {
        return Evaluation.ofSurvival(risk, Endings.of(time, outcomes(event)), Bootstrap.seeded(1))
                .concordance();
    }

    private static Pairs eachWithEach(Cohort cohort, int[] weights) {
        var pairs = new Pairs(0, 0, 0, 0);
        for (var i = 0; i < weights.length; i++) {
            pairs = sum(pairs, cohort.event[i] ? weights[i] : 0, 0, 0, 0);
            for (var j = 0; j < weights.length; j++) {
                var outlasted =
                        cohort.time[j] > cohort.time[i] || (cohort.time[j] == cohort.time[i] && !cohort.event[j]);
                if (cohort.event[i] && outlasted) {
                    var order = Double.compare(cohort.probability[i], cohort.probability[j]);
                    var both = weights[i] * weights[j];
                    pairs = sum(pairs, 0, both, order > 0 ? both : 0, order == 0 ? both : 0);
                }
            }
        }
        return pairs;
    }

    private static Pairs sum(Pairs pairs, int events, int comparable, int concordant, int tied) {
        return new Pairs(
                pairs.events() + events,
                pairs.comparable() + comparable,
                pairs.concordant() + concordant,
                pairs.tied() + tied);
    }
}
