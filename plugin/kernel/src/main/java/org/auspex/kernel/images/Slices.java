package org.auspex.kernel.images;

/** The pictures of two dimensions in an image: by channel, and in a volume one for each index of its last axis. */
final class Slices {

    /** What is done to one picture. */
    @FunctionalInterface
    interface Change {

        /**
         * Fills {@code result} from {@code picture}, both {@code rows} times {@code columns}, row by row.
         */
        void apply(double[] picture, double[] result, int rows, int columns);
    }

    private Slices() {}

    static Volume each(Volume image, Change change) {
        var grid = image.grid();
        var changed = image.blank(image.channels());
        int rows = grid.size(0);
        int columns = grid.size(1);
        int depth = grid.rank() == 3 ? grid.size(2) : 1;
        var picture = new double[rows * columns];
        var result = new double[rows * columns];
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int slice = 0; slice < depth; slice++) {
                var at = channel * image.voxels() + slice;
                for (int i = 0; i < picture.length; i++) {
                    picture[i] = image.values()[at + i * depth];
                }
                change.apply(picture, result, rows, columns);
                for (int i = 0; i < result.length; i++) {
                    changed.values()[at + i * depth] = (float) result[i];
                }
            }
        }
        return changed;
    }
}
