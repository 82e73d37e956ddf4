package org.auspex.imaging.dicom.stream;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;

/** Reads a file: preamble, file meta information, dataset. */
final class ObjectReader {

    private static final int META = 0x0002;
    private static final int TRANSFER_SYNTAX = 0x00020010;
    private static final int PREAMBLE = 128;

    private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

    private final Toolkit toolkit;
    private final Source source;
    private final Counted bytes;
    private final Budget budget;

    ObjectReader(Toolkit toolkit, Source source, Budget budget) {
        this.toolkit = toolkit;
        this.source = source;
        this.bytes = new Counted(source.in(), 0, source.end());
        this.budget = budget;
    }

    DicomObject read() throws IOException {
        requirePreamble();
        var transferSyntax = meta().string(TRANSFER_SYNTAX)
                .orElseThrow(() -> new DicomRefused("The file names no transfer syntax (0002,0010)"));
        if (!UID.matcher(transferSyntax).matches()) {
            // not quoted, since it may be anything
            throw new DicomRefused("The transfer syntax (0002,0010) is no UID");
        }
        return new DicomObject(body(transferSyntax).readAll(), transferSyntax);
    }

    private void requirePreamble() throws IOException {
        var start = bytes.readNBytes(PREAMBLE + 4);
        if (start.length < PREAMBLE + 4
                || start[PREAMBLE] != 'D'
                || start[PREAMBLE + 1] != 'I'
                || start[PREAMBLE + 2] != 'C'
                || start[PREAMBLE + 3] != 'M') {
            throw new DicomRefused("This is no DICOM file: bytes 128 to 131 are not DICM");
        }
    }

    private Dataset meta() throws IOException {
        var headers = new Headers(toolkit, bytes, Headers.EXPLICIT);
        var reader = new DatasetReader(bytes, headers, Optional.empty(), budget);
        var meta = new Dataset();
        while (!bytes.isOver() && headers.nextGroup() == META) {
            reader.readElement(meta, source.end());
        }
        if (bytes.isOver()) {
            throw new EOFException();
        }
        return meta;
    }

    /** Positions in what was deflated are none in the file, so nothing of it can stay there. */
    private DatasetReader body(String transferSyntax) throws IOException {
        if (transferSyntax.equals(Headers.DEFLATED)) {
            var inflated = new Counted(
                    new InflaterInputStream(bytes, new Inflater(true)),
                    0,
                    budget.limits().bytes());
            return new DatasetReader(
                    inflated, new Headers(toolkit, inflated, Headers.EXPLICIT), Optional.empty(), budget);
        }
        return new DatasetReader(bytes, new Headers(toolkit, bytes, transferSyntax), source.file(), budget);
    }
}
