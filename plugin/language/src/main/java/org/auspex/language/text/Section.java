package org.auspex.language.text;

/**
 * A part of a note.
 *
 * @param heading where its heading stands; empty for text before the first
 * @param body what is said under it, without white space at its ends
 */
public record Section(SectionKind kind, Span heading, Span body) {}
