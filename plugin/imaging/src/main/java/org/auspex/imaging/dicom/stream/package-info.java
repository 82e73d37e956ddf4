/**
 * From bytes to datasets and back, the part that adapters to toolkits share. A toolkit tells headers, knows the dictionary and
 * the character sets, and writes; what an object may cost is counted here, before its bytes are believed, since the loops of
 * toolkits trust what they read.
 */
@NullMarked
package org.auspex.imaging.dicom.stream;

import org.jspecify.annotations.NullMarked;
