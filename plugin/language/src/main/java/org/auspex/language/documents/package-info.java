/** Attachments of FHIR documents become text, the same text each time, or are refused by name. */
@NullMarked
package org.auspex.language.documents;

import org.jspecify.annotations.NullMarked;
