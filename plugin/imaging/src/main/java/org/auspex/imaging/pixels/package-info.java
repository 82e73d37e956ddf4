/** From stored pixels to numbers with a place in the patient: frames decoded, values rescaled, slices put in order. */
@NullMarked
package org.auspex.imaging.pixels;

import org.jspecify.annotations.NullMarked;
