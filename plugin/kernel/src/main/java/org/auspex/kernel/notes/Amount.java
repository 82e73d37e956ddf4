package org.auspex.kernel.notes;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value as a document gives it, or as it was converted.
 *
 * @param comparator {@code <}, {@code <=}, {@code >=}, {@code >} or empty
 * @param second the diastolic of two pressures
 * @param unit the UCUM code; empty when none is written, or one that is not known
 * @param written the words for it
 */
public record Amount(
        String comparator, BigDecimal number, Optional<BigDecimal> second, Optional<String> unit, String written) {

    List<BigDecimal> numbers() {
        return Stream.concat(Stream.of(number), second.stream()).toList();
    }
}
