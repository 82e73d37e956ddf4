/** DICOM beside FHIR: images in, from files, archives and modalities; masks and measurements out, as SEG and SR. */
@NullMarked
package org.auspex.imaging;

import org.jspecify.annotations.NullMarked;
