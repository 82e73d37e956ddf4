@NullMarked
package org.auspex.kernel.images;

import org.jspecify.annotations.NullMarked;
