/**
 * The adapter to the toolkit {@code org.aoju:bus-image}, the only place where its types are seen. The toolkit tells headers,
 * knows the dictionary and the character sets, and writes. What an object may cost is counted here, before its bytes are
 * believed, since the toolkit's own loops trust what they read.
 */
@NullMarked
package org.auspex.imaging.dicom.bus;

import org.jspecify.annotations.NullMarked;
