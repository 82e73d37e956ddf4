package org.auspex.kernel.inference;

/**
 * A thing that a network found in a text.
 *
 * @param kind as its card's labels name it
 * @param start of its words, in UTF-16 code units of the text
 * @param probability the mean over its pieces of what the network gives their labels, 0 to 1; not calibrated
 */
public record Entity(String kind, int start, int end, double probability) {}
