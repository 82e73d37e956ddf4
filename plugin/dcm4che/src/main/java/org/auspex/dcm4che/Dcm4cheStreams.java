package org.auspex.dcm4che;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.stream.Toolkit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;

/** The toolkit's streams, dictionary and character sets. */
final class Dcm4cheStreams implements Toolkit {

    private static final String EXPLICIT = "1.2.840.10008.1.2.1";

    @Override
    public HeaderInput input(InputStream bytes, String transferSyntax) throws IOException {
        return new Dcm4cheInput(new DicomInputStream(bytes, transferSyntax));
    }

    @Override
    public Vr dictionary(int tag) {
        return Vr.valueOf(ElementDictionary.vrOf(tag, null).name());
    }

    @Override
    public Optional<Characters> characters(List<String> codes) {
        try {
            codes.forEach(SpecificCharacterSet::checkSpecificCharacterSet);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(new Dcm4cheCharacters(SpecificCharacterSet.valueOf(codes.toArray(String[]::new))));
    }

    @Override
    public HeaderOutput output(OutputStream out, Map<Integer, String> meta) throws IOException {
        var attributes = new Attributes();
        attributes.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
        meta.forEach((tag, text) -> attributes.setString(tag, ElementDictionary.vrOf(tag, null), text));
        var encoded = new DicomOutputStream(out, EXPLICIT);
        encoded.writeDataset(attributes, new Attributes());
        return new Dcm4cheOutput(encoded);
    }
}
