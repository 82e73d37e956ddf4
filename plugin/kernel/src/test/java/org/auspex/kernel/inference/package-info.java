@NullMarked
package org.auspex.kernel.inference;

import org.jspecify.annotations.NullMarked;
