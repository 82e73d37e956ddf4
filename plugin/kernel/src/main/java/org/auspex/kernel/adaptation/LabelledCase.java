package org.auspex.kernel.adaptation;

import org.auspex.kernel.images.LabelledPicture;

/**
 * An image that somebody marked something on, and whose it is.
 *
 * @param study such as {@code ImagingStudy/1}, for messages
 * @param patient whom it is of; the cases of one patient are never learnt from and tried on at once
 */
public record LabelledCase(String study, String patient, LabelledPicture labelled) implements Case {}
