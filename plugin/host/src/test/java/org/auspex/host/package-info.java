/** The packaged plugin folder in a host like the stock starter. */
@NullMarked
package org.auspex.host;

import org.jspecify.annotations.NullMarked;
