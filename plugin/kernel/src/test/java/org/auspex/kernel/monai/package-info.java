@NullMarked
package org.auspex.kernel.monai;

import org.jspecify.annotations.NullMarked;
