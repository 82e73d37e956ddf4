package org.auspex.imaging.dicom.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;

/** Reads and writes files by what a toolkit knows. It has no state; threads may share it. */
public final class DicomFiles implements DicomToolkit {

    private final Toolkit toolkit;

    public DicomFiles(Toolkit toolkit) {
        this.toolkit = toolkit;
    }

    @Override
    public DicomObject read(Path file, ReadLimits limits) throws IOException {
        var size = Files.size(file);
        if (size > limits.bytes()) {
            throw new DicomRefused(
                    "The file is %d bytes long, more than the %d that are allowed".formatted(size, limits.bytes()));
        }
        try (var in = Files.newInputStream(file)) {
            return read(new Source(in, Optional.of(file), size), limits);
        }
    }

    @Override
    public DicomObject read(InputStream bytes, ReadLimits limits) throws IOException {
        return read(new Source(bytes, Optional.empty(), limits.bytes()), limits);
    }

    @Override
    public void write(DicomObject object, OutputStream out) throws IOException {
        new ObjectWriter(toolkit, object, out).write();
    }

    private DicomObject read(Source source, ReadLimits limits) throws IOException {
        try {
            return new ObjectReader(toolkit, source, new Budget(limits)).read();
        } catch (EOFException e) {
            throw new DicomRefused("The object is cut short: it ends within an element", e);
        } catch (ZipException e) {
            throw new DicomRefused("The deflated part of the object is damaged: " + e.getMessage(), e);
        }
    }
}
