/** Whether what is stored is there again, found again, and never changed. */
@NullMarked
package org.auspex.imaging.archive;

import org.jspecify.annotations.NullMarked;
