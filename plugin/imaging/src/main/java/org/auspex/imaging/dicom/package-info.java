/**
 * DICOM as plain records: what an object says, and the one interface behind which a toolkit reads, writes and listens. No type
 * of a toolkit is seen outside of its adapter.
 */
@NullMarked
package org.auspex.imaging.dicom;

import org.jspecify.annotations.NullMarked;
