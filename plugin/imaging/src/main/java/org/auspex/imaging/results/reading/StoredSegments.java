package org.auspex.imaging.results.reading;

import java.io.IOException;
import java.util.BitSet;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.results.segmentation.Bits;

/** The pixels of a Segmentation as they are stored, in each of its three types. */
final class StoredSegments {

    private final String type;
    private final byte[] bytes;
    private final int pixels;
    private final int wide;
    private final double threshold;

    /** @param probability above which a pixel of a fractional Segmentation belongs to its segment */
    StoredSegments(Dataset object, double probability) throws IOException {
        this.type = object.string(Tags.SEGMENTATION_TYPE).orElse("BINARY");
        this.pixels = required(object, Tags.ROWS) * required(object, Tags.COLUMNS);
        this.wide = required(object, Tags.BITS_ALLOCATED);
        this.threshold =
                probability * object.integer(Tags.MAXIMUM_FRACTIONAL_VALUE).orElse(255);
        this.bytes = bytes(object);
        var known = type.equals("BINARY") && wide == 1
                || type.equals("FRACTIONAL") && wide == 8
                || type.equals("LABELMAP") && (wide == 8 || wide == 16);
        if (!known) {
            throw new DicomRefused("A Segmentation of type %s with %d bits a pixel is not known".formatted(type, wide));
        }
    }

    boolean labelMap() {
        return type.equals("LABELMAP");
    }

    /**
     * The pixels of a segment in a frame, which is about that segment unless this is a label map.
     *
     * @param frame from 0
     */
    BitSet read(int frame, int segment) {
        if (wide == 1) {
            return new Bits(bytes).read(frame, pixels);
        }
        var size = wide / 8;
        var first = (long) frame * pixels * size;
        if (first + (long) pixels * size > bytes.length) {
            throw new DicomRefused("The pixel data has %d bytes, and frame %d of %d pixels lies beyond them"
                    .formatted(bytes.length, frame + 1, pixels));
        }
        var set = new BitSet(pixels);
        for (int i = 0; i < pixels; i++) {
            var value = value((int) first + i * size, size);
            set.set(i, labelMap() ? value == segment : value > threshold);
        }
        return set;
    }

    private int value(int at, int size) {
        var low = bytes[at] & 0xFF;
        return size == 1 ? low : low | (bytes[at + 1] & 0xFF) << 8;
    }

    private static int required(Dataset object, int tag) {
        return object.integer(tag)
                .filter(number -> number > 0 && number <= 65_535)
                .orElseThrow(() -> new DicomRefused("The Segmentation has no usable %s".formatted(Tags.shown(tag))));
    }

    private static byte[] bytes(Dataset object) throws IOException {
        var value = object.get(Tags.PIXEL_DATA)
                .map(Dataset.Element::value)
                .orElseThrow(() -> new DicomRefused("The Segmentation has no pixel data"));
        if (value instanceof Value.Native stored && !stored.bigEndian() && stored.length() < Integer.MAX_VALUE - 8) {
            return stored.read(0, (int) stored.length());
        }
        throw new DicomRefused("The pixel data of the Segmentation is compressed, big endian or above 2 GiB;"
                + " ask its archive for Explicit VR Little Endian");
    }
}
