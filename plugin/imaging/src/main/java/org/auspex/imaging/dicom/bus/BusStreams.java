package org.auspex.imaging.dicom.bus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.ElementDictionary;
import org.aoju.bus.image.galaxy.data.SpecificCharacterSet;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.stream.Toolkit;

/** The toolkit's streams, dictionary and character sets. */
final class BusStreams implements Toolkit {

    private static final String EXPLICIT = "1.2.840.10008.1.2.1";

    @Override
    public HeaderInput input(InputStream bytes, String transferSyntax) throws IOException {
        return new BusInput(new ImageInputStream(bytes, transferSyntax));
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
        return Optional.of(new BusCharacters(SpecificCharacterSet.valueOf(codes.toArray(String[]::new))));
    }

    @Override
    public HeaderOutput output(OutputStream out, Map<Integer, String> meta) throws IOException {
        var attributes = new Attributes();
        attributes.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
        meta.forEach((tag, text) -> attributes.setString(tag, ElementDictionary.vrOf(tag, null), text));
        var encoded = new ImageOutputStream(out, EXPLICIT);
        encoded.writeDataset(attributes, new Attributes());
        return new BusOutput(encoded);
    }
}
