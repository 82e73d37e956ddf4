package org.auspex.imaging.pixels;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;

/**
 * How the pixels of an object lie (Image Pixel Module, DICOM PS3.3, C.7.6.3).
 *
 * @param samples 1, or 3 in colour
 * @param planar whether one colour follows the other, instead of one pixel the other
 */
record Layout(
        int rows,
        int columns,
        int frames,
        int samples,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        String photometric,
        boolean planar) {

    private static final Pattern CODE = Pattern.compile("[A-Z0-9_]{1,16}");
    private static final Set<String> OF_ONE = Set.of("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR");
    private static final Set<String> OF_THREE =
            Set.of("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_422", "YBR_PARTIAL_420", "YBR_ICT", "YBR_RCT");
    private static final List<Integer> ALLOCATED = List.of(1, 8, 16, 32);

    /** @throws DicomRefused if it is none that DICOM knows */
    static Layout of(Dataset object) {
        int allocated = required(object, Tags.BITS_ALLOCATED);
        int stored = object.integer(Tags.BITS_STORED).orElse(allocated);
        return new Layout(
                required(object, Tags.ROWS),
                required(object, Tags.COLUMNS),
                object.integer(Tags.NUMBER_OF_FRAMES).orElse(1),
                object.integer(Tags.SAMPLES_PER_PIXEL).orElse(1),
                allocated,
                stored,
                object.integer(Tags.HIGH_BIT).orElse(stored - 1),
                object.integer(Tags.PIXEL_REPRESENTATION).orElse(0) == 1,
                object.string(Tags.PHOTOMETRIC_INTERPRETATION).orElse("MONOCHROME2"),
                object.integer(Tags.PLANAR_CONFIGURATION).orElse(0) == 1);
    }

    Layout {
        require(rows > 0 && columns > 0, "Rows and Columns are %d and %d", rows, columns);
        require(frames > 0, "Number of Frames is %d", frames);
        require(ALLOCATED.contains(bitsAllocated), "Bits Allocated is %d, and can be %s", bitsAllocated, ALLOCATED);
        require(bitsStored > 0 && bitsStored <= bitsAllocated, "Bits Stored is %d of %d", bitsStored, bitsAllocated);
        require(
                highBit >= bitsStored - 1 && highBit < bitsAllocated,
                "High Bit is %d with %d Bits Stored",
                highBit,
                bitsStored);
        require(
                samples == 1 && OF_ONE.contains(photometric) || samples == 3 && OF_THREE.contains(photometric),
                "%d samples of Photometric Interpretation %s; have the archive convert the object to MONOCHROME2 or RGB",
                samples,
                CODE.matcher(photometric).matches() ? photometric : DicomRefused.shown(photometric));
        require(samples == 1 || bitsAllocated == 8, "colour has %d Bits Allocated, and only 8 are read", bitsAllocated);
    }

    long pixels() {
        return (long) rows * columns;
    }

    /** 1, 2 or 4; packed bits become bytes. */
    int bytesPerSample() {
        return Math.max(1, bitsAllocated / 8);
    }

    /** Bytes of a frame when all of its samples lie there. */
    long frameBytes() {
        return pixels() * samples * bytesPerSample();
    }

    /** Bytes of a frame as it is decoded, or as numbers or colours of its pixels, whichever is more. */
    long memory() {
        return Math.max(frameBytes(), pixels() * Float.BYTES);
    }

    /** The same, in another order or colour space. */
    Layout as(String newPhotometric, boolean newPlanar) {
        return new Layout(
                rows, columns, frames, samples, bitsAllocated, bitsStored, highBit, signed, newPhotometric, newPlanar);
    }

    boolean isColour() {
        return samples == 3 || photometric.equals("PALETTE COLOR");
    }

    private static int required(Dataset object, int tag) {
        return object.integer(tag)
                .orElseThrow(
                        () -> new DicomRefused("The object has no %s, and so no image".formatted(Tags.shown(tag))));
    }

    private static void require(boolean holds, String otherwise, Object... values) {
        if (!holds) {
            throw new DicomRefused("The image cannot be read: " + otherwise.formatted(values));
        }
    }

    /** How many frames can be asked for, counted from 1. */
    void requireFrame(int number) {
        require(number >= 1 && number <= frames, "frame %d was asked for, and there are %d", number, frames);
    }
}
