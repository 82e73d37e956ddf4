@NullMarked
package org.auspex.kernel.appraisal;

import org.jspecify.annotations.NullMarked;
