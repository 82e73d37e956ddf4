@NullMarked
package org.auspex.imaging.results;

import org.jspecify.annotations.NullMarked;
