@NullMarked
package org.auspex.imaging.measures;

import org.jspecify.annotations.NullMarked;
