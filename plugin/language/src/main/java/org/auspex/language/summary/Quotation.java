package org.auspex.language.summary;

import org.auspex.language.text.Span;

/**
 * A sentence of the note.
 *
 * @param text its words, as the note has them
 * @param source where they stand
 */
public record Quotation(String text, Span source) {}
