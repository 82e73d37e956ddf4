package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the box around all voxels above 0 in any channel, as MONAI's {@code CropForeground}.
 *
 * @param margin voxels kept around them; one number counts for all axes
 * @param divisible what the size must be divisible by; one number counts for all axes
 * @param insideOnly whether the margin ends where the image does
 * @param padding what stands outside of the image where the box reaches beyond it
 * @param constant what stands there with {@link Padding#CONSTANT}
 */
public record CropForeground(
        List<Integer> margin, List<Integer> divisible, boolean insideOnly, Padding padding, double constant)
        implements Step {

    public CropForeground {
        margin = List.copyOf(margin);
        divisible = List.copyOf(divisible);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var grid = image.grid();
        var extent = extent(image);
        var start = new ArrayList<Integer>();
        var size = new ArrayList<Integer>();
        for (int axis = 0; axis < grid.rank(); axis++) {
            var around = Axes.at(margin, axis, grid, "CropForeground");
            var first = extent[axis][0] - around;
            var end = extent[axis][1] + around + 1;
            first = insideOnly ? Math.max(first, 0) : first;
            end = insideOnly ? Math.min(end, grid.size(axis)) : end;
            var whole = Axes.divisible(end - first, Axes.at(divisible, axis, grid, "CropForeground"));
            start.add(first - (whole - (end - first)) / 2);
            size.add(whole);
        }
        return new Box(start, size).cut(image, padding, (float) constant, trail);
    }

    /** The first and the last index by axis. */
    private static int[][] extent(Volume image) {
        var grid = image.grid();
        var extent = new int[grid.rank()][];
        java.util.Arrays.setAll(extent, axis -> new int[] {Integer.MAX_VALUE, -1});
        var index = new int[grid.rank()];
        var voxels = image.voxels();
        for (int i = 0; i < voxels; i++) {
            if (isForeground(image, i)) {
                for (int axis = 0; axis < index.length; axis++) {
                    extent[axis][0] = Math.min(extent[axis][0], index[axis]);
                    extent[axis][1] = Math.max(extent[axis][1], index[axis]);
                }
            }
            Turn.advance(index, grid);
        }
        if (extent.length == 0 || extent[0][1] < 0) {
            throw new ImageRefused(
                    "no voxel is above 0, so there is no foreground to crop to; look at the intensities");
        }
        return extent;
    }

    private static boolean isForeground(Volume image, int voxel) {
        for (int channel = 0; channel < image.channels(); channel++) {
            if (image.values()[channel * image.voxels() + voxel] > 0) {
                return true;
            }
        }
        return false;
    }
}
