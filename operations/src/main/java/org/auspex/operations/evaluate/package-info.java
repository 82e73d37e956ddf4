/** {@code $evaluate}: what a model was worth on people of this server. */
@NullMarked
package org.auspex.operations.evaluate;

import org.jspecify.annotations.NullMarked;
