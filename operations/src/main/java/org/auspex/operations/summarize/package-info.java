/** {@code $summarize}: a note made short by quoting it, stored as a Composition whose every sentence names its source. */
@NullMarked
package org.auspex.operations.summarize;

import org.jspecify.annotations.NullMarked;
