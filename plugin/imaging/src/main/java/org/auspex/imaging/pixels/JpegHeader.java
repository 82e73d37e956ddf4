package org.auspex.imaging.pixels;

import org.auspex.imaging.dicom.DicomRefused;

/**
 * What a JPEG says about itself (ITU T.81, annex B), looked at before a decoder is let near it.
 *
 * @param process the number of the frame header: 0 baseline, 1 extended, 2 progressive, 3 lossless, 55 JPEG-LS
 * @param scans how many scans there are
 */
record JpegHeader(int process, int precision, int rows, int columns, int components, int scans) {

    private static final int START_OF_IMAGE = 0xD8;
    private static final int START_OF_SCAN = 0xDA;
    private static final int SOF0 = 0xC0;
    private static final int SOF15 = 0xCF;
    private static final int SOF55 = 0xF7;

    static JpegHeader of(byte[] bytes) {
        if (bytes.length < 4 || at(bytes, 0) != 0xFF || at(bytes, 1) != START_OF_IMAGE) {
            throw new DicomRefused("A frame is no JPEG: it does not begin with its marker");
        }
        JpegHeader header = new JpegHeader(-1, 0, 0, 0, 0, 0);
        int next = 2;
        while (next + 4 <= bytes.length) {
            int marker = at(bytes, next + 1);
            if (at(bytes, next) != 0xFF || marker == 0 || marker == 0xFF || standsAlone(marker)) {
                // entropy-coded data, fill bytes, restarts
                next++;
                continue;
            }
            int length = at(bytes, next + 2) << 8 | at(bytes, next + 3);
            if (isFrameHeader(marker) && next + 10 <= bytes.length) {
                header = frame(bytes, next, marker);
            } else if (marker == START_OF_SCAN) {
                header = header.withScan();
            }
            next += 2 + length;
        }
        return header;
    }

    private static JpegHeader frame(byte[] bytes, int at, int marker) {
        return new JpegHeader(
                marker - SOF0,
                at(bytes, at + 4),
                at(bytes, at + 5) << 8 | at(bytes, at + 6),
                at(bytes, at + 7) << 8 | at(bytes, at + 8),
                at(bytes, at + 9),
                0);
    }

    private JpegHeader withScan() {
        return new JpegHeader(process, precision, rows, columns, components, scans + 1);
    }

    private static boolean isFrameHeader(int marker) {
        return marker == SOF55
                || (marker >= SOF0 && marker <= SOF15 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC);
    }

    private static boolean standsAlone(int marker) {
        return (marker >= 0xD0 && marker <= 0xD9) || marker == 1;
    }

    private static int at(byte[] bytes, int index) {
        return bytes[index] & 0xFF;
    }

    /** @throws DicomRefused if it is of another shape than the object says, or would be decoded for ever */
    void requireFit(Layout layout) {
        if (rows != layout.rows() || columns != layout.columns() || components != layout.samples()) {
            throw new DicomRefused("The JPEG has %dx%d pixels of %d samples, and the object says %dx%d of %d"
                    .formatted(columns, rows, components, layout.columns(), layout.rows(), layout.samples()));
        }
        if (precision > layout.bitsAllocated()) {
            throw new DicomRefused("The JPEG has samples of %d bits, and the object says %d"
                    .formatted(precision, layout.bitsAllocated()));
        }
        if (scans < 1 || scans > components) {
            throw new DicomRefused(
                    "The JPEG has %d scans for %d components; it is damaged, or made to keep a decoder busy"
                            .formatted(scans, components));
        }
    }
}
