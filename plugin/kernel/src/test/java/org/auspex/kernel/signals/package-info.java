@NullMarked
package org.auspex.kernel.signals;

import org.jspecify.annotations.NullMarked;
