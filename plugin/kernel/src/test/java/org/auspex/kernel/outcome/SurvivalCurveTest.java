package org.auspex.kernel.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurvivalCurveTest {

    private static final SurvivalCurve CURVE = new SurvivalCurve(List.of(12.0, 24.0), List.of(0.8, 0.2));

    @Test
    void fallsWithAConstantHazardBetweenItsTimes() {
        assertThat(CURVE.risk(0)).isZero();
        assertThat(CURVE.risk(12)).isCloseTo(0.2, within(1e-12));
        assertThat(CURVE.risk(18)).isCloseTo(1 - Math.sqrt(0.8 * 0.2), within(1e-12));
        assertThat(CURVE.risk(24)).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void reachesALevelWhereTheRiskSaysSo() {
        var median = CURVE.fallsTo(0.5).orElseThrow();

        assertThat(median).isBetween(12.0, 24.0);
        assertThat(CURVE.risk(median)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void doesNotSayWhenItFallsBelowItsEnd() {
        assertThat(CURVE.fallsTo(0.1)).isEmpty();
        assertThat(CURVE.fallsTo(0.2)).contains(24.0);
    }

    @Test
    void fallsStraightToZeroBecauseNoHazardReachesIt() {
        var certain = new SurvivalCurve(List.of(10.0), List.of(0.0));

        assertThat(certain.risk(5)).isEqualTo(0.5);
        assertThat(certain.fallsTo(0.5)).contains(5.0);
    }

    @Test
    void mayBeLevel() {
        var level = new SurvivalCurve(List.of(1.0, 2.0), List.of(1.0, 1.0));

        assertThat(level.risk(2)).isZero();
        assertThat(level.restrictedMean()).isEqualTo(2.0);
        assertThat(level.fallsTo(0.5)).isEmpty();
        assertThat(level.fallsTo(1.0)).contains(0.0);
    }

    @Test
    void hasAMeanUpToItsEnd() {
        assertThat(CURVE.restrictedMean()).isCloseTo(12 * 0.9 + 12 * 0.5, within(1e-12));
    }

    @Test
    void refusesWhatRisesOrIsNoProbability() {
        assertThatThrownBy(() -> new SurvivalCurve(List.of(1.0, 2.0), List.of(0.5, 0.6)))
                .hasMessageContaining("at time 2.0 it is at 0.6, after 0.5");
        assertThatThrownBy(() -> new SurvivalCurve(List.of(1.0), List.of(1.1))).hasMessageContaining("1.1");
        assertThatThrownBy(() -> new SurvivalCurve(List.of(1.0), List.of(-0.1))).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> new SurvivalCurve(List.of(1.0), List.of(Double.NaN)))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new SurvivalCurve(List.of(1.0), List.of())).hasMessageContaining("0 for 1");
    }

    @Test
    void saysNothingBeyondItsEnd() {
        assertThatThrownBy(() -> CURVE.risk(25)).hasMessageContaining("ends at 24.0");
    }
}
