package org.auspex.kernel.images;

import java.util.ArrayList;

/** Axes in another order, some of them backwards. */
final class Turn {

    private final int[] source;
    private final boolean[] flipped;

    /**
     * @param source by axis of the result: which axis of the image it was
     * @param flipped by axis of the result: whether it runs backwards
     */
    Turn(int[] source, boolean[] flipped) {
        this.source = source;
        this.flipped = flipped;
    }

    Volume apply(Volume image) {
        var from = image.grid();
        var shape = new ArrayList<Integer>();
        var affine = from.affine();
        for (int out = 0; out < source.length; out++) {
            shape.add(from.size(source[out]));
        }
        var corner = new double[source.length];
        for (int out = 0; out < source.length; out++) {
            var sign = flipped[out] ? -1 : 1;
            var column = from.affine().column(source[out]);
            affine = affine.with(out, sign * column[0], sign * column[1], sign * column[2]);
            corner[source[out]] = flipped[out] ? shape.get(out) - 1 : 0;
        }
        var turned = image.blank(
                image.channels(), new Grid(shape, affine.with(3, from.affine().apply(corner))));
        copy(image, turned, false);
        return turned;
    }

    /** The prediction, with the axes as they were in {@code before}. */
    Volume back(Volume prediction, Grid before) {
        var turned = prediction.blank(prediction.channels(), before);
        copy(turned, prediction, true);
        return turned;
    }

    private void copy(Volume original, Volume turned, boolean back) {
        var grid = turned.grid();
        var steps = new int[source.length];
        int start = 0;
        for (int out = 0; out < source.length; out++) {
            var stride = original.grid().stride(source[out]);
            steps[out] = flipped[out] ? -stride : stride;
            start += flipped[out] ? stride * (grid.size(out) - 1) : 0;
        }
        var index = new int[source.length];
        var voxels = turned.voxels();
        for (int i = 0; i < voxels; i++) {
            int j = start;
            for (int out = 0; out < source.length; out++) {
                j += index[out] * steps[out];
            }
            for (int channel = 0; channel < turned.channels(); channel++) {
                var at = channel * voxels;
                if (back) {
                    original.values()[at + j] = turned.values()[at + i];
                } else {
                    turned.values()[at + i] = original.values()[at + j];
                }
            }
            advance(index, grid);
        }
    }

    /** The next index in the order of the numbers. */
    static void advance(int[] index, Grid grid) {
        for (int axis = index.length - 1; axis >= 0; axis--) {
            if (++index[axis] < grid.size(axis)) {
                return;
            }
            index[axis] = 0;
        }
    }
}
