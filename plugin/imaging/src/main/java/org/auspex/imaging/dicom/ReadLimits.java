package org.auspex.imaging.dicom;

/**
 * What reading one object may cost. Lengths that it declares are not believed until the bytes are there.
 *
 * @param bytes how long it may be
 * @param elements how many elements and items it may have, those within sequences too
 * @param depth how deep sequences may lie within each other
 * @param inMemory values longer than this stay in the file, where there is one
 * @param heap how many bytes of memory all that is read may take, by estimate
 */
public record ReadLimits(long bytes, int elements, int depth, int inMemory, long heap) {

    /** 16 GiB, a million elements, 32 deep, 64 KiB, 512 MiB. */
    public static final ReadLimits DEFAULT = new ReadLimits(16L << 30, 1_000_000, 32, 64 << 10, 512L << 20);
}
