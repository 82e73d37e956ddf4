package org.auspex.kernel.images;

/** What stands outside of an image, by the names of PyTorch. */
public enum Padding {
    /** One number. */
    CONSTANT,
    /** The image mirrored, its outermost voxel not repeated. */
    REFLECT,
    /** The outermost voxel. */
    REPLICATE,
    /** The image again. */
    CIRCULAR;

    /**
     * Where along an axis the number comes from.
     *
     * @return -1 for the constant
     */
    int index(int at, int size) {
        if (at >= 0 && at < size) {
            return at;
        }
        return switch (this) {
            case CONSTANT -> -1;
            case REPLICATE -> at < 0 ? 0 : size - 1;
            case CIRCULAR -> Math.floorMod(at, size);
            case REFLECT -> mirrored(at, size);
        };
    }

    private static int mirrored(int at, int size) {
        if (size == 1) {
            return 0;
        }
        var period = 2 * (size - 1);
        var place = Math.floorMod(at, period);
        return place < size ? place : period - place;
    }
}
