/** From objects in the archive to an ImagingStudy in the right patient's record, or to a Task when nobody knows whose they are. */
@NullMarked
package org.auspex.imaging.study;

import org.jspecify.annotations.NullMarked;
