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
        var place = new double[grid.rank()];
        var voxels = result.voxels();
        for (int i = 0; i < voxels; i++) {
            for (int axis = 0; axis < place.length; axis++) {
                var at = toImage.at(axis, 3);
                for (int other = 0; other < place.length; other++) {
                    at += toImage.at(axis, other) * index[other];
                }
                place[axis] = Math.min(Math.max(at, 0), image.grid().size(axis) - 1.0);
            }
            for (int channel = 0; channel < result.channels(); channel++) {
                result.values()[channel * voxels + i] = (float) number(channel, place);
            }
            Turn.advance(index, grid);
        }
    }

    private double number(int channel, double[] place) {
        return nearest ? nearest(channel, place) : mixed(channel * image.voxels(), place, 0);
    }

    private double nearest(int channel, double[] place) {
        int at = channel * image.voxels();
        for (int axis = 0; axis < place.length; axis++) {
            at += (int) Math.rint(place[axis]) * image.grid().stride(axis);
        }
        return image.values()[at];
    }

    /** From {@code axis} on, with the axes before it fixed in {@code at}. */
    private double mixed(int at, double[] place, int axis) {
        if (axis == place.length) {
            return image.values()[at];
        }
        var stride = image.grid().stride(axis);
        int low = (int) place[axis];
        var part = place[axis] - low;
        var first = mixed(at + low * stride, place, axis + 1);
        return part == 0 ? first : (1 - part) * first + part * mixed(at + (low + 1) * stride, place, axis + 1);
    }
}
