package org.auspex.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    private final Units units = new Units();

    @ParameterizedTest
    @CsvSource({
        "98.6, [degF], Cel, 37.0",
        "37, Cel, [degF], 98.6",
        "310.15, K, Cel, 37",
        "0, K, [degF], -459.67",
        "120, mm[Hg], kPa, 15.99864",
        "16, kPa, mm[Hg], 120.010201",
        "1.5, mg/mL, mg/dL, 150",
        "2000, mL/min, L/min, 2",
        "0.21, 1, %, 21",
        "42, /min, /min, 42"
    })
    void convertsWithinADimension(BigDecimal value, String from, String to, double expected) throws UnitRefused {
        assertThat(units.convert(value, from, to).doubleValue()).isCloseTo(expected, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"mg/dL, mm[Hg]", "Cel, mm[Hg]", "nonsense, mm[Hg]", "mmol/L, mg/dL"})
    void refusesAnotherDimensionByName(String from, String to) {
        assertThatThrownBy(() -> units.convert(BigDecimal.ONE, from, to))
                .isInstanceOf(UnitRefused.class)
                .hasMessageContaining(from)
                .hasMessageContaining(to);
    }

    @Test
    void readsCommonSpellingsAndLeavesAmbiguousOnesAlone() {
        assertThat(units.code("mmHg")).contains("mm[Hg]");
        assertThat(units.code("°C")).contains("Cel");
        assertThat(units.code("mm[Hg]")).contains("mm[Hg]");
        assertThat(units.code("points per week")).isEmpty();
        assertThat(units.code("")).isEmpty();
    }
}
