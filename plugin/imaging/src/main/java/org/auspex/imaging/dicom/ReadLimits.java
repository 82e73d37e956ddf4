package org.auspex.imaging.dicom;

/**
 * What reading one object may cost. Lengths that it declares are not believed until the bytes are there.
 *
 * @param bytes how long it may be
 * @param elements how many elements it may have, those within sequences too
 * @param depth how deep sequences may lie within each other
 * @param inMemory values longer than this stay in the file, where there is one
 */
public record ReadLimits(long bytes, int elements, int depth, int inMemory) {

    /** 4 GiB, a million elements, 32 deep, 64 KiB. */
    public static final ReadLimits DEFAULT = new ReadLimits(4L << 30, 1_000_000, 32, 64 << 10);
}
