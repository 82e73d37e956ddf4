/**
 * What a document names, and what becomes of it when it is written down: coded, its values in the unit that a card asks for, or refused
 * with a reason. Plain records: no FHIR and no text beyond the words of a fact, so that every part of the way of the data may speak of them.
 */
@NullMarked
package org.auspex.kernel.notes;

import org.jspecify.annotations.NullMarked;
