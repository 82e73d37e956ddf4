package org.auspex.imaging.pixels;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** JPEG 2000 by JJ2000. What was transformed from RGB comes back as RGB. */
final class Jpeg2000 implements Codec {

    @Override
    public Samples decode(byte[] encoded, Layout layout) throws IOException {
        var header = Jpeg2000Header.of(encoded);
        header.requireFit(layout);
        var reader = new J2KImageReaderSpi().createReaderInstance(null);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(in, true, true);
            return new Rasters(layout).samples(reader.read(0).getRaster(), colours(layout), header.precision());
        } finally {
            reader.dispose();
        }
    }

    private static String colours(Layout layout) {
        return layout.photometric().equals("YBR_ICT") || layout.photometric().equals("YBR_RCT")
                ? "RGB"
                : layout.photometric();
    }
}
