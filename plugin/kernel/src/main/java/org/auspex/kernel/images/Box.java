package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of an image, which may reach beyond it.
 *
 * @param start the first voxel by axis; negative = before the image
 * @param size voxels by axis
 */
record Box(List<Integer> start, List<Integer> size) {

    Box {
        start = List.copyOf(start);
        size = List.copyOf(size);
    }

    /** What is in the box; outside of the image, what the padding says. */
    Volume of(Volume image, Padding padding, float constant) {
        var grid = image.grid();
        var corner = start.stream().mapToDouble(Integer::doubleValue).toArray();
        var affine = grid.affine().with(3, grid.affine().apply(corner));
        var cut = image.blank(image.channels(), new Grid(size, affine));
        var sources = sources(grid, padding);
        var index = new int[grid.rank()];
        var voxels = cut.voxels();
        for (int i = 0; i < voxels; i++) {
            var from = from(index, sources, grid);
            for (int channel = 0; channel < cut.channels(); channel++) {
                cut.values()[channel * voxels + i] =
                        from < 0 ? constant : image.values()[channel * image.voxels() + from];
            }
            Turn.advance(index, cut.grid());
        }
        return cut;
    }

    /** By axis and place in the box: the index in the image; -1 = none. */
    private List<int[]> sources(Grid grid, Padding padding) {
        var sources = new ArrayList<int[]>();
        for (int axis = 0; axis < grid.rank(); axis++) {
            var indices = new int[size.get(axis)];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = padding.index(start.get(axis) + i, grid.size(axis));
            }
            sources.add(indices);
        }
        return sources;
    }

    private static int from(int[] index, List<int[]> sources, Grid grid) {
        int from = 0;
        for (int axis = 0; axis < index.length; axis++) {
            var source = sources.get(axis)[index[axis]];
            if (source < 0) {
                return -1;
            }
            from += source * grid.stride(axis);
        }
        return from;
    }

    /** Cuts, and notes the way back, on which nothing (0) stands where the box was not. */
    Volume cut(Volume image, Padding padding, float constant, Trail trail) {
        var cut = of(image, padding, constant);
        var before = image.grid();
        var back = new Box(start.stream().map(at -> -at).toList(), before.shape());
        trail.note((prediction, nearest) ->
                back.of(prediction, Padding.CONSTANT, 0).at(before.affine()));
        return cut;
    }
}
