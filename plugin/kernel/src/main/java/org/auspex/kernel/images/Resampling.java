package org.auspex.kernel.images;

/**
 * Numbers at the voxels of another grid. Between voxels they are mixed linearly along each axis; beyond the outermost they are
 * the outermost's. This is PyTorch's {@code grid_sample} with {@code padding_mode="border"} and {@code align_corners=False}.
 */
final class Resampling {

    private final Volume image;
    private final Volume result;
    private final Affine toImage;
    private final boolean nearest;
    /** The voxels around the place that is looked at, two for each axis. */
    private final int[] offsets = new int[8];
    /** How much each of them counts. */
    private final double[] shares = new double[8];

    private int count;

    private Resampling(Volume image, Volume result, boolean nearest) {
        this.image = image;
        this.result = result;
        this.toImage = image.grid().affine().inverse().times(result.grid().affine());
        this.nearest = nearest;
    }

    /** The image in another grid; the image itself where the grids are the same but for rounding. */
    static Volume onto(Grid target, Volume image, boolean nearest) {
        var there = image.grid().affine().isNear(target.affine(), Spacing.TOLERANCE);
        if (there && image.grid().shape().equals(target.shape())) {
            return image.at(target.affine());
        }
        var resampling = new Resampling(image, image.blank(image.channels(), target), nearest);
        resampling.fill();
        return resampling.result;
    }

    private void fill() {
        var grid = result.grid();
        var index = new int[grid.rank()];
        var voxels = result.voxels();
        for (int i = 0; i < voxels; i++) {
            surround(index);
            for (int channel = 0; channel < result.channels(); channel++) {
                result.values()[channel * voxels + i] = mixed(channel * image.voxels());
            }
            Turn.advance(index, grid);
        }
    }

    /** Finds the voxels of the image around a voxel of the result, and how much each counts. */
    private void surround(int[] index) {
        count = 1;
        offsets[0] = 0;
        shares[0] = 1;
        for (int axis = 0; axis < index.length; axis++) {
            var at = toImage.at(axis, 3);
            for (int other = 0; other < index.length; other++) {
                at += toImage.at(axis, other) * index[other];
            }
            var place = Math.min(Math.max(at, 0), image.grid().size(axis) - 1.0);
            split(nearest ? Math.rint(place) : place, image.grid().stride(axis));
        }
    }

    /** Each of the voxels found so far becomes two neighbours along one more axis, unless the place is just on one. */
    private void split(double place, int stride) {
        int low = (int) place;
        var part = place - low;
        for (int i = 0; i < count; i++) {
            offsets[i] += low * stride;
            if (part > 0) {
                offsets[count + i] = offsets[i] + stride;
                shares[count + i] = part * shares[i];
                shares[i] *= 1 - part;
            }
        }
        count = part > 0 ? 2 * count : count;
    }

    private float mixed(int from) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += shares[i] * image.values()[from + offsets[i]];
        }
        return (float) sum;
    }
}
