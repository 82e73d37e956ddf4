@NullMarked
package org.auspex.kernel.outcome;

import org.jspecify.annotations.NullMarked;
