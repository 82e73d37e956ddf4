package org.auspex.language.facts;

import java.math.BigDecimal;
import java.util.Optional;
import org.auspex.language.text.Span;

/**
 * A value as a note gives it.
 *
 * @param comparator {@code <}, {@code <=}, {@code >}, {@code >=}; empty when the value is exact
 * @param second the diastolic of two pressures
 * @param unit in UCUM; empty when none is written, or one that is not known
 * @param span of value and unit
 */
public record Measurement(
        String comparator, BigDecimal value, Optional<BigDecimal> second, Optional<String> unit, Span span) {}
