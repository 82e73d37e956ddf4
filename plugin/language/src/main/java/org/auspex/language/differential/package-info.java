/** Diagnoses that a language model thinks of, of which only what the record gives reasons for is kept. */
@NullMarked
package org.auspex.language.differential;

import org.jspecify.annotations.NullMarked;
