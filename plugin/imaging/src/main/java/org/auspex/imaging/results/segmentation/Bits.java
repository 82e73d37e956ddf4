package org.auspex.imaging.results.segmentation;

import java.util.BitSet;
import org.auspex.imaging.dicom.DicomRefused;

/** Frames of one bit a pixel: the first pixel in the lowest bit, frames one after the other without a gap (PS3.5, 8.1.1). */
public final class Bits {

    private static final int BYTE = 8;

    private final byte[] bytes;

    /** Room for frames of so many pixels. */
    Bits(int frames, int pixels) {
        var bits = (long) frames * pixels;
        this.bytes = Room.of((bits + BYTE - 1) / BYTE);
    }

    public Bits(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of an even length. */
    byte[] bytes() {
        return bytes;
    }

    void write(int frame, int pixels, BitSet set) {
        var first = (long) frame * pixels;
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            var bit = first + i;
            bytes[(int) (bit / BYTE)] |= (byte) (1 << (bit % BYTE));
        }
    }

    /** @throws DicomRefused if the frame does not lie within the bytes */
    public BitSet read(int frame, int pixels) {
        var first = (long) frame * pixels;
        if (first + pixels > (long) bytes.length * BYTE) {
            throw new DicomRefused("The pixel data has %d bytes, and frame %d of %d pixels lies beyond them"
                    .formatted(bytes.length, frame + 1, pixels));
        }
        var set = new BitSet(pixels);
        for (int i = 0; i < pixels; i++) {
            var bit = first + i;
            set.set(i, (bytes[(int) (bit / BYTE)] >> (bit % BYTE) & 1) == 1);
        }
        return set;
    }
}
