/**
 * What was found in images, as DICOM: masks as Segmentations, maps as Parametric Maps, measurements as a structured report. Pure
 * functions from records to datasets, and back from a Segmentation to masks. The same seed makes the same UIDs, so that a result
 * that is written twice is one object.
 */
@NullMarked
package org.auspex.imaging.results;

import org.jspecify.annotations.NullMarked;
