/** Images that modalities send by themselves (DICOM C-STORE), as the rest of Auspex sees that: an archive that fills. */
@NullMarked
package org.auspex.imaging.net;

import org.jspecify.annotations.NullMarked;
