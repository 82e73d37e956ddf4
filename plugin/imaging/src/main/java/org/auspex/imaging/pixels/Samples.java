package org.auspex.imaging.pixels;

/**
 * A decoded frame: samples little endian, pixel by pixel from the upper left, the colours of a pixel side by side.
 *
 * @param layout how a sample is read; its colour space is that of the samples here
 */
record Samples(Layout layout, byte[] bytes) {

    /** A stored value: what lies beyond the bits stored is cut off, and the sign extended. */
    long at(int index) {
        int size = layout.bytesPerSample();
        long word = 0;
        for (int i = 0; i < size; i++) {
            word |= (bytes[index * size + i] & 0xFFL) << (8 * i);
        }
        int bits = layout.bitsStored();
        long value = (word >>> (layout.highBit() + 1 - bits)) & ((1L << bits) - 1);
        return layout.signed() && (value >>> (bits - 1)) != 0 ? value - (1L << bits) : value;
    }

    /** Of a sample that has 8 bits. */
    int byteAt(int index) {
        return bytes[index] & 0xFF;
    }

    long lowest() {
        return layout.signed() ? -(1L << (layout.bitsStored() - 1)) : 0;
    }

    long highest() {
        return (1L << (layout.bitsStored() - (layout.signed() ? 1 : 0))) - 1;
    }
}
