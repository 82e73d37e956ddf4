package org.auspex.imaging.overlay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG (RFC 2083): a byte for each pixel where there are at most 256 colours, else three. Java's own writer tries every filter on every row of a
 * picture with a palette, which took half of its time; filters are of no use to numbers of colours.
 */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte BITS = 8;
    private static final byte RGB = 2;
    private static final byte PALETTE = 3;

    /** Much quicker than the usual 6, and nearly as small. */
    private static final int LEVEL = 4;

    private Png() {}

    /** @param pixels {@code 0xRRGGBB} row by row; what stands above is not read */
    static byte[] of(int width, int height, int[] pixels) {
        var palette = new Colours();
        var numbers = palette.numbers(pixels);
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        var header = ByteBuffer.allocate(2 * Integer.BYTES + 5)
                .putInt(width)
                .putInt(height)
                .put(BITS);
        chunk(out, "IHDR", header.put(numbers.isPresent() ? PALETTE : RGB).array());
        if (numbers.isPresent()) {
            chunk(out, "PLTE", palette.bytes());
        }
        var bytes = numbers.orElseGet(() -> bytes(pixels, pixels.length));
        chunk(out, "IDAT", packed(bytes, bytes.length / height));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Red, green and blue of each. */
    private static byte[] bytes(int[] colours, int count) {
        var bytes = new byte[3 * count];
        for (int i = 0; i < count; i++) {
            bytes[3 * i] = (byte) (colours[i] >> 16);
            bytes[3 * i + 1] = (byte) (colours[i] >> 8);
            bytes[3 * i + 2] = (byte) colours[i];
        }
        return bytes;
    }

    /** Each row behind a 0, which says that it is not filtered. */
    private static byte[] packed(byte[] bytes, int row) {
        var rows = new byte[bytes.length / row * (row + 1)];
        for (int i = 0; i < bytes.length / row; i++) {
            System.arraycopy(bytes, i * row, rows, i * (row + 1) + 1, row);
        }
        var deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(rows);
            deflater.finish();
            var out = new ByteArrayOutputStream(rows.length / 2);
            var buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        var named = ByteBuffer.allocate(Integer.BYTES + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        var sum = new CRC32();
        sum.update(named);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        out.writeBytes(named);
        out.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
    }

    /** The colours of a picture in the order in which they come. */
    private static final class Colours {

        private static final int MOST = 256;

        /** Places of a table that finds a colour's number, by its bits; a power of 2, and few of them taken. */
        private static final int PLACES = 1 << 12;

        private static final int SPREAD = 0x9E3779B9;

        private final int[] colours = new int[MOST];
        private final short[] taken = new short[PLACES];
        private int count;

        /** Of each pixel; empty if there are too many colours. */
        Optional<byte[]> numbers(int[] pixels) {
            var numbers = new byte[pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                var number = i > 0 && pixels[i] == pixels[i - 1] ? numbers[i - 1] & 0xFF : number(pixels[i]);
                if (number == MOST) {
                    return Optional.empty();
                }
                numbers[i] = (byte) number;
            }
            return Optional.of(numbers);
        }

        /** Of a colour, from 0, a new one's the next; 256 if there are too many. */
        private int number(int colour) {
            int place = colour * SPREAD >>> Integer.numberOfLeadingZeros(PLACES - 1);
            while (taken[place] != 0 && colours[taken[place] - 1] != colour) {
                place = place + 1 & PLACES - 1;
            }
            if (taken[place] == 0) {
                if (count == MOST) {
                    return MOST;
                }
                colours[count++] = colour;
                taken[place] = (short) count;
            }
            return taken[place] - 1;
        }

        byte[] bytes() {
            return Png.bytes(colours, count);
        }
    }
}
