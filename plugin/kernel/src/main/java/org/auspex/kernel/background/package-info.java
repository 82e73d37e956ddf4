/** Work that goes on after its request was answered, and that somebody comes back for; it ends with the server. */
@NullMarked
package org.auspex.kernel.background;

import org.jspecify.annotations.NullMarked;
