package org.auspex.imaging.dicom.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.auspex.imaging.dicom.DicomObject;

/** Writes a file: preamble, file meta information with our own name, dataset. */
final class ObjectWriter {

    /** A UID by the UUID of this implementation (PS3.5, B.2). */
    private static final String IMPLEMENTATION_CLASS_UID = "2.25.60676897091246488716804238188645338519";

    private static final String IMPLEMENTATION_VERSION_NAME = "AUSPEX_0_1";

    private final Toolkit toolkit;
    private final DicomObject object;
    private final OutputStream out;

    ObjectWriter(Toolkit toolkit, DicomObject object, OutputStream out) {
        this.toolkit = toolkit;
        this.object = object;
        this.out = out;
    }

    void write() throws IOException {
        var encoded = toolkit.output(out, meta());
        new DatasetWriter(encoded, object.transferSyntax()).write(object.dataset(), Texts.plain(toolkit));
        encoded.finish();
    }

    private Map<Integer, String> meta() {
        return Map.of(
                0x00020002, object.sopClassUid(),
                0x00020003, object.sopInstanceUid(),
                0x00020010, object.transferSyntax(),
                0x00020012, IMPLEMENTATION_CLASS_UID,
                0x00020013, IMPLEMENTATION_VERSION_NAME);
    }
}
