package org.auspex.imaging.overlay;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.util.Optional;

/** A picture of few colours, a byte for each pixel. */
final class Indexed {

    private static final int MOST = 256;

    /** Places of a table that finds a colour's number, by its bits; a power of 2, and few of them taken. */
    private static final int PLACES = 1 << 12;

    private static final int SPREAD = 0x9E3779B9;

    private final int[] colours = new int[MOST];
    private final short[] numbers = new short[PLACES];
    private int count;

    private Indexed() {}

    /** The same picture; empty if it has more than 256 colours. */
    static Optional<BufferedImage> of(BufferedImage picture, int[] pixels) {
        var indexed = new Indexed();
        var bytes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            var number = i > 0 && pixels[i] == pixels[i - 1] ? bytes[i - 1] & 0xFF : indexed.number(pixels[i]);
            if (number == MOST) {
                return Optional.empty();
            }
            bytes[i] = (byte) number;
        }
        return Optional.of(indexed.picture(picture.getWidth(), picture.getHeight(), bytes));
    }

    /** Of a colour, from 0, a new one's the next; 256 if there are too many. */
    private int number(int colour) {
        int place = colour * SPREAD >>> Integer.numberOfLeadingZeros(PLACES - 1);
        while (numbers[place] != 0 && colours[numbers[place] - 1] != colour) {
            place = place + 1 & PLACES - 1;
        }
        if (numbers[place] == 0) {
            if (count == MOST) {
                return MOST;
            }
            colours[count++] = colour;
            numbers[place] = (short) count;
        }
        return numbers[place] - 1;
    }

    private BufferedImage picture(int width, int height, byte[] bytes) {
        var model = new IndexColorModel(Byte.SIZE, count, colours, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
        var indexed = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        System.arraycopy(bytes, 0, ((DataBufferByte) indexed.getRaster().getDataBuffer()).getData(), 0, bytes.length);
        return indexed;
    }
}
