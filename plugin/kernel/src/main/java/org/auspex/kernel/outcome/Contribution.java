package org.auspex.kernel.outcome;

/**
 * How much one input moved a result.
 *
 * @param input name of the input
 * @param amount percentage points of a probability, or points of a score
 */
public record Contribution(String input, double amount) {}
