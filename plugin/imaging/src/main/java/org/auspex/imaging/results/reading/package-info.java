/** Segmentations that anybody made, as masks on the grid of their source, and how far two masks agree. */
@NullMarked
package org.auspex.imaging.results.reading;

import org.jspecify.annotations.NullMarked;
