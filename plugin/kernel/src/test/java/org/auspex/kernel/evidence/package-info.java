@NullMarked
package org.auspex.kernel.evidence;

import org.jspecify.annotations.NullMarked;
