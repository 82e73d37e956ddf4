/** Where DICOM objects are kept and found: one interface, and the small archive in a folder that Auspex brings along. */
@NullMarked
package org.auspex.imaging.archive;

import org.jspecify.annotations.NullMarked;
