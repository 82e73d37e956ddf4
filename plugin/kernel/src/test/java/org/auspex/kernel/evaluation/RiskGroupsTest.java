package org.auspex.kernel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auspex.kernel.evaluation.Cohort.flags;
import static org.auspex.kernel.evaluation.Cohort.outcomes;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weeks of remission in acute leukaemia under 6-mercaptopurine and placebo (Freireich et al., Blood 1963;21:699-716). */
class RiskGroupsTest {

    private static final double[] TREATED = {
        6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35
    };
    private static final boolean[] RELAPSED = flags(21, row -> row < 9);
    private static final double[] PLACEBO = {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
    private static final Offset<Double> ROUNDING = within(1e-12);

    /** Expected by NumPy from the definitions; the shares are those of every textbook, such as 0.857 and 0.448. */
    @ParameterizedTest
    @CsvSource({
        "5,  21, 1.0,                1.0,                1.0",
        "6,  21, 0.8571428571428572, 0.6197179552659838, 0.951551747646997",
        "15, 12, 0.6901960784313725, 0.43161022248618397, 0.8490659633494508",
        "35, 6,  0.44817927170868355, 0.18805200595923233, 0.6801426284952415"
    })
    void hasThePublishedCurveOfTheTreated(double when, int atRisk, double free, double low, double high) {
        var step = FreeCurve.of(Endings.of(TREATED, RELAPSED)).at(when);

        assertThat(step.atRisk()).isEqualTo(atRisk);
        assertThat(step.free()).isCloseTo(free, ROUNDING);
        assertThat(step.low()).isCloseTo(low, ROUNDING);
        assertThat(step.high()).isCloseTo(high, ROUNDING);
    }

    @Test
    void fallsToNothingWhereEverybodyHadTheEvent() {
        var last = FreeCurve.of(Endings.of(PLACEBO, flags(21, row -> true))).at(23);

        assertThat(last.free()).isZero();
        assertThat(last.low()).isZero();
        assertThat(last.high()).isCloseTo(0.19704490569894614, ROUNDING);
    }

    @Test
    void hasThePublishedHazardRatio() {
        var time = DoubleStream.concat(DoubleStream.of(TREATED), DoubleStream.of(PLACEBO))
                .toArray();
        var event = flags(42, row -> row >= 21 || RELAPSED[row]);

        var ratio = HazardRatio.of(time, event, flags(42, row -> row >= 21)).orElseThrow();

        // R's coxph gives a coefficient of 1.5721 with a standard error of 0.4124; a search of the likelihood by NumPy
        // agrees.
        assertThat(ratio.ratio()).isCloseTo(4.816874, within(1e-5));
        assertThat(ratio.low()).isCloseTo(2.1465, within(1e-3));
        assertThat(ratio.high()).isCloseTo(10.8093, within(1e-2));
    }

    @Test
    void groupsAreThirdsOfTheRisk() {
        var risk = IntStream.range(0, 30).mapToDouble(row -> row).toArray();
        var time = IntStream.range(0, 30)
                .mapToDouble(row -> 40 - row + (row % 3) * 9)
                .toArray();

        var groups = RiskGroups.of(risk, Endings.of(time, flags(30, row -> true)));

        assertThat(groups.curves()).extracting(FreeCurve::rows).containsExactly(10, 10, 10);
        assertThat(groups.highestToLowest().orElseThrow().ratio()).isGreaterThan(1);
    }

    @Test
    void thereIsNoRatioWithoutEventsInAGroup() {
        var groups = RiskGroups.of(new double[] {1, 2, 3}, Endings.of(new double[] {5, 5, 5}, outcomes(0, 0, 1)));
        var nobody = RiskGroups.of(new double[] {1, 2, 3}, Endings.of(new double[] {5, 5, 5}, outcomes(0, 0, 0)));

        assertThat(groups.highestToLowest()).isEmpty();
        assertThat(nobody.highestToLowest()).isEmpty();
    }

    @Test
    void equalRisksAreOneGroup() {
        var groups = RiskGroups.of(new double[] {1, 1, 1}, Endings.of(new double[] {5, 6, 7}, outcomes(1, 0, 1)));

        assertThat(groups.curves()).hasSize(1);
        assertThat(groups.highestToLowest()).isEmpty();
    }
}
