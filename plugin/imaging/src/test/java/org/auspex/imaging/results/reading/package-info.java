@NullMarked
package org.auspex.imaging.results.reading;

import org.jspecify.annotations.NullMarked;
