package org.auspex.dcm4che;

import java.io.IOException;
import java.util.Optional;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.stream.Toolkit;
import org.dcm4che3.io.DicomInputStream;

/** Headers by the toolkit's stream. */
record Dcm4cheInput(DicomInputStream in) implements Toolkit.HeaderInput {

    @Override
    public boolean isExplicit() {
        return in.explicitVR();
    }

    @Override
    public boolean isBigEndian() {
        return in.bigEndian();
    }

    @Override
    public void next() throws IOException {
        in.readHeader();
    }

    @Override
    public int tag() {
        return in.tag();
    }

    @Override
    public Optional<Vr> vr() {
        return Optional.ofNullable(in.vr()).map(vr -> Vr.valueOf(vr.name()));
    }

    @Override
    public int length() {
        return in.length();
    }
}
