package org.auspex.imaging.pixels;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.auspex.imaging.dicom.DicomRefused;

/** JPEG of 8 bits, and lossless JPEG up to 16, by TwelveMonkeys' reader. The samples stay in the colour space they are in. */
final class Jpeg implements Codec {

    private static final int EXTENDED = 1;
    private static final int LOSSLESS = 3;

    private final JPEGImageReaderSpi provider = provider();

    /** TwelveMonkeys' reader stands on that of the JDK, which it is shown in a registry of its own: ours changes nobody's. */
    private static JPEGImageReaderSpi provider() {
        var provider = new JPEGImageReaderSpi();
        var registry =
                new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
        var known = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (known.hasNext()) {
            var candidate = known.next();
            if (candidate.getClass().getName().equals("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi")) {
                registry.registerServiceProvider(candidate, ImageReaderSpi.class);
            }
        }
        registry.registerServiceProvider(provider, ImageReaderSpi.class);
        return provider;
    }

    @Override
    public Samples decode(byte[] encoded, Layout layout) throws IOException {
        var header = JpegHeader.of(encoded);
        requireKnown(header);
        header.requireFit(layout);
        var reader = provider.createReaderInstance(null);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(in, true, true);
            return new Rasters(layout).samples(reader.readRaster(0, null), colours(layout), header.precision());
        } finally {
            reader.dispose();
        }
    }

    /** Sampled colours have been spread over all pixels by now. */
    private static String colours(Layout layout) {
        return layout.photometric().startsWith("YBR") ? "YBR_FULL" : layout.photometric();
    }

    private static void requireKnown(JpegHeader header) {
        var lossy = header.process() == 0 || header.process() == EXTENDED;
        if ((lossy && header.precision() == 8) || header.process() == LOSSLESS) {
            return;
        }
        throw new DicomRefused("JPEG of %s is not read; %s".formatted(named(header), TransferSyntax.remedy()));
    }

    private static String named(JpegHeader header) {
        switch (header.process()) {
            case 0, EXTENDED:
                return "%d bits".formatted(header.precision());
            case 2:
                return "the progressive process";
            case 55:
                return "the LS process";
            default:
                return "process %d".formatted(header.process());
        }
    }
}
