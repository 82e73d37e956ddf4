/** A note made short by quoting it: every sentence is one of the note's, with the span that it comes from. */
@NullMarked
package org.auspex.language.summary;

import org.jspecify.annotations.NullMarked;
