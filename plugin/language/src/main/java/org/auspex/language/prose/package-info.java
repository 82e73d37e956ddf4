/** Quoted sentences told in connected words by a language model, of which only what the quoted words say is shown. */
@NullMarked
package org.auspex.language.prose;

import org.jspecify.annotations.NullMarked;
