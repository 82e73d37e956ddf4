/** {@code $predict} as a tool. */
@NullMarked
package org.auspex.operations.mcp;

import org.jspecify.annotations.NullMarked;
