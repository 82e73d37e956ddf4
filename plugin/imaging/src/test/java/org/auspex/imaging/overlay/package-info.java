@NullMarked
package org.auspex.imaging.overlay;

import org.jspecify.annotations.NullMarked;
