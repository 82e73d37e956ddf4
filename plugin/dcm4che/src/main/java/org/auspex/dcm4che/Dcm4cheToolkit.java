package org.auspex.dcm4che;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.bus.UnusableCodecs;
import org.auspex.imaging.dicom.stream.DicomFiles;

/** Reads and writes by {@code org.dcm4che:dcm4che-core}. It has no state; threads may share it. */
public final class Dcm4cheToolkit implements DicomToolkit {

    private final DicomToolkit files = new DicomFiles(new Dcm4cheStreams());

    /** The stand-in lies beside it, since the listener for C-STORE is made of it, and its codecs are no better for that. */
    public Dcm4cheToolkit() {
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
