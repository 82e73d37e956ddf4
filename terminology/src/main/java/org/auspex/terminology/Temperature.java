package org.auspex.terminology;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * The temperature scales of UCUM, which differ by an offset as well as a factor and which the UCUM library refuses.
 * Definitions: UCUM 2.1, table 5 (Cel, [degF]); 0 Cel = 273.15 K, 0 [degF] = 459.67 * 5/9 K.
 */
enum Temperature {
    KELVIN("K", BigDecimal.ONE, BigDecimal.ZERO),
    CELSIUS("Cel", BigDecimal.ONE, new BigDecimal("273.15")),
    FAHRENHEIT("[degF]", new BigDecimal(5).divide(new BigDecimal(9), MathContext.DECIMAL64), new BigDecimal("459.67"));

    private final String unit;
    private final BigDecimal kelvinPerDegree;
    private final BigDecimal zeroInDegrees;

    Temperature(String unit, BigDecimal kelvinPerDegree, BigDecimal zeroInDegrees) {
        this.unit = unit;
        this.kelvinPerDegree = kelvinPerDegree;
        this.zeroInDegrees = zeroInDegrees;
    }

    static Optional<Temperature> of(String unit) {
        for (var scale : values()) {
            if (scale.unit.equals(unit)) {
                return Optional.of(scale);
            }
        }
        return Optional.empty();
    }

    BigDecimal to(Temperature target, BigDecimal degrees) {
        return degrees.add(zeroInDegrees)
                .multiply(kelvinPerDegree)
                .divide(target.kelvinPerDegree, MathContext.DECIMAL64)
                .subtract(target.zeroInDegrees);
    }
}
