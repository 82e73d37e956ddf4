@NullMarked
package org.auspex.imaging.pictures;

import org.jspecify.annotations.NullMarked;
