package org.auspex.dcm4che;

import java.util.Arrays;
import java.util.List;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.stream.Toolkit;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.VR;

/** A character set of the toolkit. */
record Dcm4cheCharacters(SpecificCharacterSet set) implements Toolkit.Characters {

    @Override
    public boolean holds(Vr vr) {
        return VR.valueOf(vr.name()).useSpecificCharacterSet();
    }

    @Override
    public List<String> decode(Vr vr, byte[] bytes) {
        var strings = VR.valueOf(vr.name()).toStrings(bytes, false, set);
        if (strings instanceof String[] several) {
            return Arrays.stream(several).map(text -> text == null ? "" : text).toList();
        }
        return strings instanceof String text && !text.isEmpty() ? List.of(text) : List.of();
    }

    @Override
    public byte[] encode(Vr vr, String values) {
        return VR.valueOf(vr.name()).toBytes(values, set);
    }
}
