/** What is watched of each version while it serves: counts without any patient, and the figures that are made of them. Stands above prediction. */
@NullMarked
package org.auspex.kernel.watch;

import org.jspecify.annotations.NullMarked;
