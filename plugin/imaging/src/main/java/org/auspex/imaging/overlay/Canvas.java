package org.auspex.imaging.overlay;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture in memory, black at first; colours are opaque sRGB. Of at most 256 colours it becomes a much smaller file. */
final class Canvas {

    private static final int AT_LEAST = 512;

    private final int width;
    private final BufferedImage picture;
    /** Those of the picture, row by row; its own way of setting one looks at the colour model each time. */
    private final int[] pixels;

    Canvas(int height, int width) {
        this.width = width;
        this.picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    }

    /** How often each pixel is repeated, so that a small image can be seen. */
    static int scale(int rows, int columns) {
        var longer = Math.max(rows, columns);
        return (AT_LEAST + longer - 1) / longer;
    }

    void set(int y, int x, int colour) {
        pixels[y * width + x] = colour;
    }

    /** Fills a square. */
    void fill(int top, int left, int side, int colour) {
        for (int y = top; y < top + side; y++) {
            Arrays.fill(pixels, y * width + left, y * width + left + side, colour);
        }
    }

    byte[] png() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(Indexed.of(picture, pixels).orElse(picture), "png", out)) {
                throw new IllegalStateException("This Java platform writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written to", e);
        }
        return bytes.toByteArray();
    }
}
