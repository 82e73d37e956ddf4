package org.auspex.imaging.pixels;

import java.nio.ByteBuffer;
import org.auspex.imaging.dicom.DicomRefused;

/**
 * What a JPEG 2000 codestream says about itself (ITU T.800, A.5.1), looked at before a decoder is let near it.
 *
 * @param tiles how many it is divided into
 */
record Jpeg2000Header(long rows, long columns, int components, int precision, boolean signed, double tiles) {

    private static final int START = 0xFF4FFF51;
    private static final int FIXED = 42;

    /** More than any modality makes of an image that fits into memory. */
    private static final int MOST_TILES = 4096;

    static Jpeg2000Header of(byte[] bytes) {
        int start = codestream(bytes);
        var words = ByteBuffer.wrap(bytes, start, bytes.length - start).slice();
        if (words.remaining() < FIXED + 3 || words.getInt(0) != START) {
            throw new DicomRefused("A frame is no JPEG 2000: it does not begin with its markers");
        }
        long columns = unsigned(words, 8) - unsigned(words, 16);
        long rows = unsigned(words, 12) - unsigned(words, 20);
        var tiles = Math.ceil((double) unsigned(words, 8) / unsigned(words, 24))
                * Math.ceil((double) unsigned(words, 12) / unsigned(words, 28));
        int depth = words.get(FIXED) & 0xFF;
        return new Jpeg2000Header(rows, columns, words.getShort(40), (depth & 0x7F) + 1, depth > 0x7F, tiles);
    }

    /** Some wrap the codestream in boxes of the file format JP2, against the standard. */
    private static int codestream(byte[] bytes) {
        if (bytes.length < 12 || bytes[4] != 'j' || bytes[5] != 'P') {
            return 0;
        }
        for (int i = 12; i + 4 < bytes.length; i++) {
            if (bytes[i] == 'j' && bytes[i + 1] == 'p' && bytes[i + 2] == '2' && bytes[i + 3] == 'c') {
                return i + 4;
            }
        }
        return 0;
    }

    private static long unsigned(ByteBuffer words, int at) {
        return words.getInt(at) & 0xFFFFFFFFL;
    }

    /** @throws DicomRefused if it is of another shape than the object says, or in more tiles than anybody needs */
    void requireFit(Layout layout) {
        if (rows != layout.rows() || columns != layout.columns() || components != layout.samples()) {
            throw new DicomRefused("The JPEG 2000 has %dx%d pixels of %d samples, and the object says %dx%d of %d"
                    .formatted(columns, rows, components, layout.columns(), layout.rows(), layout.samples()));
        }
        if (precision > layout.bitsAllocated()) {
            throw new DicomRefused("The JPEG 2000 has samples of %d bits, and the object says %d"
                    .formatted(precision, layout.bitsAllocated()));
        }
        if (!(tiles >= 1 && tiles <= MOST_TILES)) {
            throw new DicomRefused(
                    "The JPEG 2000 has %.0f tiles, and at most %d are read".formatted(tiles, MOST_TILES));
        }
    }
}
