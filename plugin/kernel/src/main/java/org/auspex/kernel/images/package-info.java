/**
 * What happens to an image before and after a network sees it: steps over plain numbers, with the geometry that leads back to
 * the image as it came. No tensors, no FHIR, no DICOM, so that every door and every kind of card shares them.
 */
@NullMarked
package org.auspex.kernel.images;

import org.jspecify.annotations.NullMarked;
