package org.auspex.imaging.overlay;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures in memory. */
final class Png {

    private static final int AT_LEAST = 512;

    private Png() {}

    /** How often each pixel is repeated, so that a small image can be seen. */
    static int scale(int rows, int columns) {
        var longer = Math.max(rows, columns);
        return (AT_LEAST + longer - 1) / longer;
    }

    static BufferedImage picture(int height, int width) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }

    static byte[] bytes(BufferedImage picture) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IllegalStateException("This Java platform writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written to", e);
        }
        return bytes.toByteArray();
    }
}
