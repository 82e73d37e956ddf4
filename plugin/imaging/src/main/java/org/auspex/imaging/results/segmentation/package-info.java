/** Masks, probabilities and maps as multi-frame objects on the grid of the source. Pure functions from records to datasets. */
@NullMarked
package org.auspex.imaging.results.segmentation;

import org.jspecify.annotations.NullMarked;
