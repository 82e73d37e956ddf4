@NullMarked
package org.auspex.kernel.notes;

import org.jspecify.annotations.NullMarked;
