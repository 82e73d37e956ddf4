/**
 * What all DICOM objects about a prediction have in common: whom they are about, who made them, what they refer to, and UIDs that follow
 * from the prediction, so that a result that is written twice is one object. How each kind is made stands below:
 * {@code segmentation} for masks and maps, {@code report} for measurements, {@code reading} for the way back.
 */
@NullMarked
package org.auspex.imaging.results;

import org.jspecify.annotations.NullMarked;
