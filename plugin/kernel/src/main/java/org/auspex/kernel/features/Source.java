package org.auspex.kernel.features;

import java.util.Optional;

/**
 * One place in the record where an input's value can stand.
 *
 * @param from the resources that carry it
 * @param value FHIRPath on the matched element, or the name of a derived value ({@code age})
 * @param unit UCUM unit the value is converted to; empty for categories
 * @param range plausible values in that unit
 * @param above turns the number into yes or no: yes when it is above this, in that unit
 */
public record Source(
        Criteria from, String value, Optional<String> unit, Optional<Range> range, Optional<Double> above) {}
