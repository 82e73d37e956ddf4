@NullMarked
package org.auspex.imaging.corrections;

import org.jspecify.annotations.NullMarked;
