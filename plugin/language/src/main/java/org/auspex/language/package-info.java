/** Reading: documents in, text, facts, and what is said about them, each word with its source. */
@NullMarked
package org.auspex.language;

import org.jspecify.annotations.NullMarked;
