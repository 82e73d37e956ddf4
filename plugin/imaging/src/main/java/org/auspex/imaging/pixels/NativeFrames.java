package org.auspex.imaging.pixels;

import java.io.IOException;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/** Where frames lie in uncompressed pixel data, one after the other. */
record NativeFrames(Value.Native pixels, Vr vr, Layout layout) {

    /** @throws DicomRefused if there are fewer bytes than the frames need */
    NativeFrames {
        long needed = layout.bitsAllocated() == 1
                ? (Math.multiplyExact(layout.pixels() * layout.samples(), (long) layout.frames()) + 7) / 8
                : Math.multiplyExact(Plain.frameBytes(layout), (long) layout.frames());
        if (pixels.length() < needed) {
            throw new DicomRefused(
                    "The pixel data has %d bytes, and %d frames of %dx%d need %d; it is cut short or lies"
                            .formatted(pixels.length(), layout.frames(), layout.columns(), layout.rows(), needed));
        }
        if (pixels.bigEndian() && layout.bitsAllocated() == 32) {
            throw new DicomRefused("Pixels of 32 bits in big endian are not read; " + TransferSyntax.remedy());
        }
    }

    byte[] frame(int number) throws IOException {
        return layout.bitsAllocated() == 1 ? unpacked(number) : whole(number);
    }

    private byte[] whole(int number) throws IOException {
        int length = (int) Plain.frameBytes(layout);
        return read((long) (number - 1) * length, length);
    }

    /** Words of two bytes are turned round, so they are read as wholes. */
    private byte[] read(long offset, int length) throws IOException {
        if (!pixels.bigEndian() || vr == Vr.OB) {
            return pixels.read(offset, length);
        }
        long from = offset & ~1L;
        long end = Math.min(pixels.length(), (offset + length + 1) & ~1L);
        var words = pixels.read(from, (int) (end - from));
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = words[(int) ((offset - from + i) ^ 1)];
        }
        return bytes;
    }

    /** Frames of packed bits begin within bytes; the lowest bit is the first pixel. */
    private byte[] unpacked(int number) throws IOException {
        long pixelsOfFrame = layout.pixels() * layout.samples();
        long first = (number - 1) * pixelsOfFrame;
        var packed = read(first / 8, (int) ((first + pixelsOfFrame + 7) / 8 - first / 8));
        var bits = new byte[(int) pixelsOfFrame];
        for (int i = 0; i < bits.length; i++) {
            long bit = first % 8 + i;
            bits[i] = (byte) (packed[(int) (bit / 8)] >> (bit % 8) & 1);
        }
        return bits;
    }
}
