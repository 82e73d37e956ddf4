/** The adapter to the toolkit {@code org.aoju:bus-image}, the only place where its types are seen. */
@NullMarked
package org.auspex.imaging.dicom.bus;

import org.jspecify.annotations.NullMarked;
