@NullMarked
package org.auspex.kernel.watch;

import org.jspecify.annotations.NullMarked;
