/**
 * The kernel's images: studies of an archive as pictures to look at, and what was marked on them as DICOM objects beside them, measures
 * and words.
 */
@NullMarked
package org.auspex.imaging.pictures;

import org.jspecify.annotations.NullMarked;
