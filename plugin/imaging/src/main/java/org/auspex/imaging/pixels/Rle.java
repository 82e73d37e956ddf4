package org.auspex.imaging.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.auspex.imaging.dicom.DicomRefused;

/** RLE Lossless (DICOM PS3.5, annex G): a segment for each byte of each sample, packed by runs. */
final class Rle implements Codec {

    private static final int HEADER = 64;
    private static final int MOST_PER_BYTE = 64;

    @Override
    public Samples decode(byte[] encoded, Layout layout) {
        int size = layout.bytesPerSample();
        int segments = size * layout.samples();
        if (encoded.length < HEADER || layout.frameBytes() > (long) encoded.length * MOST_PER_BYTE) {
            throw new DicomRefused("%d bytes of RLE cannot be a frame of %d; the object is cut short or lies"
                    .formatted(encoded.length, layout.frameBytes()));
        }
        var header = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != segments) {
            throw new DicomRefused(
                    "The frame has %d RLE segments, and needs %d".formatted(header.getInt(0) & 0xFFFFFFFFL, segments));
        }
        var bytes = new byte[(int) layout.frameBytes()];
        for (int segment = 0; segment < segments; segment++) {
            long start = header.getInt(4 * (segment + 1)) & 0xFFFFFFFFL;
            long end = segment + 1 == segments ? encoded.length : header.getInt(4 * (segment + 2)) & 0xFFFFFFFFL;
            if (start < HEADER || start > end || end > encoded.length) {
                throw new DicomRefused("RLE segment %d lies from %d to %d of %d bytes"
                        .formatted(segment + 1, start, end, encoded.length));
            }
            // the high byte of a sample comes first
            int first = segment / size * size + (size - 1 - segment % size);
            unpack(encoded, (int) start, (int) end, new Comb(bytes, first, segments));
        }
        return new Samples(layout.as(layout.photometric(), false), bytes);
    }

    private static void unpack(byte[] encoded, int start, int end, Comb comb) {
        int next = start;
        while (!comb.isFull()) {
            if (next >= end) {
                throw new DicomRefused("An RLE segment ends before its pixels do; the object is cut short");
            }
            int code = encoded[next++];
            int count = code >= 0 ? code + 1 : 1 - code;
            if (code == -128) {
                continue;
            }
            if (next + (code >= 0 ? count : 1) > end) {
                throw new DicomRefused("An RLE run ends beyond its segment; the object is damaged");
            }
            for (int i = 0; i < count; i++) {
                comb.put(encoded[code >= 0 ? next + i : next]);
            }
            next += code >= 0 ? count : 1;
        }
    }

    /** Every so manieth byte. */
    private static final class Comb {
        private final byte[] bytes;
        private final int step;
        private int next;

        Comb(byte[] bytes, int first, int step) {
            this.bytes = bytes;
            this.next = first;
            this.step = step;
        }

        boolean isFull() {
            return next >= bytes.length;
        }

        /** What is too much is padding. */
        void put(byte value) {
            if (!isFull()) {
                bytes[next] = value;
                next += step;
            }
        }
    }
}
