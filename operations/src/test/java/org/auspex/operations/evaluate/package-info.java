/** What {@code $evaluate} takes and refuses. */
@NullMarked
package org.auspex.operations.evaluate;

import org.jspecify.annotations.NullMarked;
