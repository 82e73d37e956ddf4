@NullMarked
package org.auspex.kernel.evaluation;

import org.jspecify.annotations.NullMarked;
