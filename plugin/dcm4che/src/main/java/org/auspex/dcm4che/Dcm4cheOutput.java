package org.auspex.dcm4che;

import java.io.IOException;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.stream.Toolkit;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;

/** Headers by the toolkit's stream. */
record Dcm4cheOutput(DicomOutputStream out) implements Toolkit.HeaderOutput {

    @Override
    public boolean isExplicit() {
        return out.isExplicitVR();
    }

    @Override
    public boolean isBigEndian() {
        return out.isBigEndian();
    }

    @Override
    public void header(int tag, Vr vr, int length) throws IOException {
        out.writeHeader(tag, VR.valueOf(vr.name()), length);
    }

    @Override
    public void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    @Override
    public void finish() throws IOException {
        out.finish();
        out.flush();
    }
}
