package org.auspex.kernel.outcome;

import java.util.Optional;
import org.auspex.terminology.Code;

/**
 * One of the diagnoses or events that a ranking puts in order.
 *
 * @param name its name in the card
 * @param code what is written for it, such as one of ICD-10
 * @param display the same in words
 * @param column how a table's label column writes it, for {@code evaluate}; empty = by its name
 */
public record Choice(String name, Code code, String display, Optional<String> column) {}
