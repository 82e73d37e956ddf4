/** {@code $predict}: one or more models about one subject, from the store or from a Bundle that the client sends along. */
@NullMarked
package org.auspex.operations.predict;

import org.jspecify.annotations.NullMarked;
