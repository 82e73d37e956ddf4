package org.auspex.imaging.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** What Auspex needs of a DICOM toolkit. An adapter for each toolkit passes the same contract tests. */
public interface DicomToolkit {

    /**
     * Reads a DICOM file (PS3.10). Values longer than {@link ReadLimits#inMemory} stay in it.
     *
     * @throws DicomRefused if it is none, is cut short, or goes beyond the limits
     */
    DicomObject read(Path file, ReadLimits limits) throws IOException;

    /**
     * Reads what a file would hold, all of it into memory.
     *
     * @throws DicomRefused if it is none, is cut short, or goes beyond the limits
     */
    DicomObject read(InputStream bytes, ReadLimits limits) throws IOException;

    /** Writes a DICOM file with preamble and file meta information, in the object's transfer syntax. */
    void write(DicomObject object, OutputStream out) throws IOException;
}
