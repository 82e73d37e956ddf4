package org.auspex.imaging.dicom.bus;

import java.util.ArrayList;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The codecs that the toolkit announces to Java's ImageIO. They need a library that is not there, and would be asked before those
 * of the JDK whenever anybody in this process reads or writes a JPEG.
 */
public final class UnusableCodecs {

    private static final String PACKAGE = "org.aoju.bus.image.nimble.";

    private UnusableCodecs() {}

    /** Takes them out of the registry, for as long as this process runs. */
    public static void withdraw() {
        for (Class<?> category : List.of(ImageReaderSpi.class, ImageWriterSpi.class)) {
            withdraw(IIORegistry.getDefaultInstance(), category);
        }
    }

    private static <T> void withdraw(IIORegistry registry, Class<T> category) {
        var unusable = new ArrayList<T>();
        registry.getServiceProviders(
                        category, provider -> provider.getClass().getName().startsWith(PACKAGE), false)
                .forEachRemaining(unusable::add);
        unusable.forEach(provider -> registry.deregisterServiceProvider(provider, category));
    }
}
