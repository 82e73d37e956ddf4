package org.auspex.kernel.adaptation;

import org.auspex.kernel.images.Picture;

/**
 * An image that nobody needs to have marked anything on, and whose it is.
 *
 * @param study such as {@code ImagingStudy/1}, for messages
 * @param patient whom it is of; what is tried on a patient has learnt nothing from them
 */
public record UnlabelledCase(String study, String patient, Picture picture) implements Case {}
