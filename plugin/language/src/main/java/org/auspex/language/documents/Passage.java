package org.auspex.language.documents;

import org.auspex.language.text.Span;

/** A part of a document's text and where it stands in the attachment. */
public record Passage(Span span, Place place) {}
