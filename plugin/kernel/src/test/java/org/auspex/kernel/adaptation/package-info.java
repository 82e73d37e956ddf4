@NullMarked
package org.auspex.kernel.adaptation;

import org.jspecify.annotations.NullMarked;
