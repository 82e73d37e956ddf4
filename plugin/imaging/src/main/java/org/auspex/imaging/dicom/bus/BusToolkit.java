package org.auspex.imaging.dicom.bus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.stream.DicomFiles;

/** Reads and writes by {@code org.aoju:bus-image}. It has no state; threads may share it. */
public final class BusToolkit implements DicomToolkit {

    private final DicomToolkit files = new DicomFiles(new BusStreams());

    public BusToolkit() {
        UnusableCodecs.withdraw();
    }

    @Override
    public DicomObject read(Path file, ReadLimits limits) throws IOException {
        return files.read(file, limits);
    }

    @Override
    public DicomObject read(InputStream bytes, ReadLimits limits) throws IOException {
        return files.read(bytes, limits);
    }

    @Override
    public void write(DicomObject object, OutputStream out) throws IOException {
        files.write(object, out);
    }
}
