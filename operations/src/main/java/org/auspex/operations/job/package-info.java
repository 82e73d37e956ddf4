/** Questions whose answer a client comes back for: opened by {@code $predict}, looked at and cancelled here. */
@NullMarked
package org.auspex.operations.job;

import org.jspecify.annotations.NullMarked;
