/** What a document is filed under: which of several is meant, whose it is, and whether its own header says the same. */
@NullMarked
package org.auspex.language.filing;

import org.jspecify.annotations.NullMarked;
