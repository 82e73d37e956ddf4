package org.auspex.kernel.evidence;

/**
 * One value that an input was read from.
 *
 * @param input name of the input
 * @param reference the resource and its version, {@code Observation/1/_history/2}
 * @param fingerprint the value and its time
 */
public record Piece(String input, String reference, String fingerprint) {}
