@NullMarked
package org.auspex.worklist;

import org.jspecify.annotations.NullMarked;
