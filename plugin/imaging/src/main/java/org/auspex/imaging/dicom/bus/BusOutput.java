package org.auspex.imaging.dicom.bus;

import java.io.IOException;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.stream.Toolkit;

/** Headers by the toolkit's stream. It does not know the youngest VRs, and is not asked to write them. */
record BusOutput(ImageOutputStream out) implements Toolkit.HeaderOutput {

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
