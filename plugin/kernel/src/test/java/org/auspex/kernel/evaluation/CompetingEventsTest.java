package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.auspex.kernel.evaluation.Cohort.flags;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Beside death, who dies first never has the event: risks are cumulative incidences. */
class CompetingEventsTest {

    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 1);

    /**
     * Six rows: events at 1, 4 and 6, deaths at 2 and 5, one censored at 3. Free of both are 5/6 after 1, 2/3 after 2, 4/9 after 4 and 2/9
     * after 5, so that the incidence is 1/6 after 1, 1/6 + 2/3 * 1/3 = 7/18 after 4 and 7/18 + 2/9 = 11/18 after 6.
     */
    private static final Endings SIX =
            new Endings(new double[] {1, 2, 3, 4, 5, 6}, outcomes(1, 0, 0, 1, 0, 1), outcomes(0, 1, 0, 0, 1, 0));

    @Test
    void theRiskIsTheIncidenceOfAalenAndJohansen() {
        var curve = FreeCurve.of(SIX);

        assertThat(1 - curve.at(1).free()).isCloseTo(1.0 / 6, ROUNDING);
        assertThat(1 - curve.at(3).free()).isCloseTo(1.0 / 6, ROUNDING);
        assertThat(1 - curve.at(4).free()).isCloseTo(7.0 / 18, ROUNDING);
        assertThat(1 - curve.at(6).free()).isCloseTo(11.0 / 18, ROUNDING);
        // By Kaplan-Meier, deaths as censored, it would be 4/9 and 1: the risk of people spared death.
        var spared = FreeCurve.of(Endings.of(SIX.time(), SIX.event()));
        assertThat(1 - spared.at(4).free()).isCloseTo(4.0 / 9, ROUNDING);
        assertThat(1 - spared.at(6).free()).isCloseTo(1, ROUNDING);
    }

    @Test
    void calibrationIsAgainstTheIncidence() {
        var risk = new double[] {0.6, 0.3, 0.2, 0.5, 0.4, 0.3};
        var free = IntStream.range(0, 6)
                .mapToObj(row -> new double[] {1 - risk[row]})
                .toArray(double[][]::new);

        var evaluation = Evaluation.ofCurves(
                new SurvivalPredictions(risk, free, new double[] {4}, new double[] {4}), SIX, BOOTSTRAP);

        var horizon = evaluation.horizons().get(0);
        assertThat(horizon.observedRisk().value().orElseThrow()).isCloseTo(7.0 / 18, ROUNDING);
        assertThat(horizon.inTheLarge().value().orElseThrow()).isCloseTo(7.0 / 18 - 2.3 / 6, ROUNDING);
    }

    @Test
    void withoutCensoringTheIntervalIsThatOfAProportion() {
        // Of ten rows four have the event and three die by 7; the others are followed to 8.
        var time = new double[] {1, 2, 3, 4, 5, 6, 7, 8, 8, 8};
        var curve = FreeCurve.of(
                new Endings(time, outcomes(1, 0, 1, 0, 1, 0, 1, 0, 0, 0), outcomes(0, 1, 0, 1, 0, 1, 0, 0, 0, 0)));

        var step = curve.at(7);

        var reach = 1.959963984540054 * Math.sqrt(0.4 * 0.6 / 10) / (0.6 * Math.log(0.6));
        assertThat(step.free()).isCloseTo(0.6, ROUNDING);
        assertThat(step.low()).isCloseTo(Math.pow(0.6, Math.exp(-reach)), ROUNDING);
        assertThat(step.high()).isCloseTo(Math.pow(0.6, Math.exp(reach)), ROUNDING);
    }

    @Test
    void whoDiedIsKnownToBeFreeOfTheEventInTheBrierScore() {
        var predicted = new SurvivalPredictions(
                new double[] {1, 2}, new double[][] {{0.5}, {0.4}}, new double[] {2}, new double[] {2});

        var evaluation = Evaluation.ofCurves(
                predicted, new Endings(new double[] {1, 3}, outcomes(0, 1), outcomes(1, 0)), BOOTSTRAP);

        // Both were free of the event at 2: half of the area of a triangle with squared errors 0.25 and 0.36.
        assertThat(evaluation.integratedBrierScore().value().orElseThrow()).isCloseTo((0.25 + 0.36) / 2 / 2, ROUNDING);
    }

    @Test
    void whoDiedOutlastsEverybodyInTheConcordance() {
        var risk = new double[] {0.2, 0.9, 0.1};
        var time = new double[] {5, 2, 6};
        var event = outcomes(1, 0, 0);

        var beside = Evaluation.ofSurvival(risk, new Endings(time, event, outcomes(0, 1, 0)), BOOTSTRAP);
        var censored = Evaluation.ofSurvival(risk, Endings.of(time, event), BOOTSTRAP);

        assertThat(beside.comparablePairs()).isEqualTo(2);
        assertThat(beside.concordance().value()).contains(0.5);
        assertThat(censored.comparablePairs()).isEqualTo(1);
        assertThat(censored.concordance().value()).contains(1.0);
    }

    @Test
    void ofManyInventedPeopleTheRiskIsTheShareWhoHadTheEvent() {
        var random = new Random(4);
        var first = random.doubles(20_000).map(chance -> -Math.log(chance)).toArray();
        var death = random.doubles(20_000).map(chance -> -Math.log(chance) / 2).toArray();
        var censored = random.doubles(20_000).map(chance -> 3 * chance).toArray();
        var time = IntStream.range(0, 20_000)
                .mapToDouble(row -> Math.min(first[row], Math.min(death[row], censored[row])))
                .toArray();

        var curve = FreeCurve.of(new Endings(
                time, flags(20_000, row -> time[row] == first[row]), flags(20_000, row -> time[row] == death[row])));

        // Hazards of 1 and 2: by t a third of 1 - exp(-3 t).
        assertThat(1 - curve.at(1).free()).isCloseTo((1 - Math.exp(-3)) / 3, within(0.015));
        assertThat(1 - curve.at(1).low()).isGreaterThan((1 - Math.exp(-3)) / 3);
        assertThat(1 - curve.at(1).high()).isLessThan((1 - Math.exp(-3)) / 3);
    }

    @Test
    void refusesARowThatEndedByBoth() {
        assertThatThrownBy(() -> Evaluation.ofSurvival(
                        new double[2], new Endings(new double[2], outcomes(1, 1), outcomes(0, 1)), BOOTSTRAP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot evaluate: row 2: it ended by the event and by a competing one; say which came first");
    }

    @Test
    void groupsOfRiskFareBesideDeathToo() {
        var groups = RiskGroups.of(new double[6], SIX);

        assertThat(groups.curves())
                .extracting(FreeCurve::steps)
                .isEqualTo(List.of(FreeCurve.of(SIX).steps()));
    }
}
