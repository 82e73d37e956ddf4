@NullMarked
package org.auspex.imaging.results.segmentation;

import org.jspecify.annotations.NullMarked;
