/**
 * What is measured of a finding: how large it is, and the words of BI-RADS for a lesion in ultrasound. The definitions of the words are
 * those that the text for training {@code breast-ultrasound} was synthesised with, so that a word means the same in training and in a
 * report.
 */
@NullMarked
package org.auspex.imaging.measures;

import org.jspecify.annotations.NullMarked;
