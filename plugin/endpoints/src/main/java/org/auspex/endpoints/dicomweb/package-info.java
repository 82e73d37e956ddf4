/** DICOMweb (PS3.18) on the archive in the folder: a browser, a script or a viewer stores, finds and fetches images. */
@NullMarked
package org.auspex.endpoints.dicomweb;

import org.jspecify.annotations.NullMarked;
