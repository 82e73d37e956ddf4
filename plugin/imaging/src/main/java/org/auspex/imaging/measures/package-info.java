/**
 * The words of BI-RADS for a lesion in ultrasound, measured on the image. The definitions are those that the words for training
 * {@code breast-ultrasound} were synthesised with, so that a word means the same in training and in a report.
 */
@NullMarked
package org.auspex.imaging.measures;

import org.jspecify.annotations.NullMarked;
