@NullMarked
package org.auspex.kernel;

import org.jspecify.annotations.NullMarked;
