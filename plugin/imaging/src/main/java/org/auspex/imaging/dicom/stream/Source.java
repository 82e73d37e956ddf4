package org.auspex.imaging.dicom.stream;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where bytes come from.
 *
 * @param file the file that long values can stay in
 * @param end how many bytes there are, or at most may be
 */
record Source(InputStream in, Optional<Path> file, long end) {}
