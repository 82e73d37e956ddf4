@NullMarked
package org.auspex.kernel.findings;

import org.jspecify.annotations.NullMarked;
