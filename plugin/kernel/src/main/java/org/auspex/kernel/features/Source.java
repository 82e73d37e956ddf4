package org.auspex.kernel.features;

import java.util.Optional;
import org.auspex.terminology.Substance;

/**
 * One place in the record where an input's value can stand.
 *
 * @param from the resources that carry it
 * @param value FHIRPath on the matched element, or the name of a derived value ({@code age})
 * @param unit UCUM unit the value is converted to; empty for categories
 * @param range plausible values in that unit
 * @param substance the substance whose molar mass converts between mass and moles; empty = no such conversion
 * @param above turns the number into yes or no: yes when it is above this, in that unit
 */
public record Source(
        Criteria from,
        String value,
        Optional<String> unit,
        Optional<Range> range,
        Optional<Substance> substance,
        Optional<Double> above) {}
