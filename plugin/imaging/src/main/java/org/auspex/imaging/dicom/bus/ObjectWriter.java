package org.auspex.imaging.dicom.bus;

import java.io.IOException;
import java.io.OutputStream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.auspex.imaging.dicom.DicomObject;

/** Writes a file: preamble, file meta information with our own name, dataset. */
final class ObjectWriter {

    /** A UID by the UUID of this implementation (PS3.5, B.2). */
    static final String IMPLEMENTATION_CLASS_UID = "2.25.60676897091246488716804238188645338519";

    static final String IMPLEMENTATION_VERSION_NAME = "AUSPEX_0_1";

    private final DicomObject object;
    private final OutputStream out;

    ObjectWriter(DicomObject object, OutputStream out) {
        this.object = object;
        this.out = out;
    }

    void write() throws IOException {
        // the stream is not closed, since it is not ours; finishing writes the rest of what is deflated
        var encoded = new ImageOutputStream(out, Headers.EXPLICIT);
        encoded.writeDataset(meta(), new Attributes());
        new DatasetWriter(encoded, object.transferSyntax()).write(object.dataset());
        encoded.finish();
        encoded.flush();
    }

    private Attributes meta() {
        var meta = new Attributes();
        meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
        meta.setString(Tag.MediaStorageSOPClassUID, VR.UI, object.sopClassUid());
        meta.setString(Tag.MediaStorageSOPInstanceUID, VR.UI, object.sopInstanceUid());
        meta.setString(Tag.TransferSyntaxUID, VR.UI, object.transferSyntax());
        meta.setString(Tag.ImplementationClassUID, VR.UI, IMPLEMENTATION_CLASS_UID);
        meta.setString(Tag.ImplementationVersionName, VR.SH, IMPLEMENTATION_VERSION_NAME);
        return meta;
    }
}
