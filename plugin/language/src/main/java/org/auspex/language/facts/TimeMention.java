package org.auspex.language.facts;

import org.auspex.language.text.Span;

/**
 * A time that a note names.
 *
 * @param time a date of ISO 8601, whole or partial ({@code 2024-03}), or a length of time before the note ({@code -P3D})
 */
public record TimeMention(Span span, Span sentence, String time) {}
