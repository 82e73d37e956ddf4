@NullMarked
package org.auspex.kernel.background;

import org.jspecify.annotations.NullMarked;
