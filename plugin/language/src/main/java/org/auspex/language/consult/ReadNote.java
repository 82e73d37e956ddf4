package org.auspex.language.consult;

import org.auspex.language.documents.DocumentText;
import org.hl7.fhir.r4.model.DocumentReference;

/** A note of the record, and its text. */
public record ReadNote(DocumentReference document, DocumentText text) {}
