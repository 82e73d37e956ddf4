/** Messages of several parts (RFC 2387), as DICOMweb sends objects: read and written as streams, with a budget of bytes. */
@NullMarked
package org.auspex.imaging.multipart;

import org.jspecify.annotations.NullMarked;
