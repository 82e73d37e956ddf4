package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Grows an image that is too small, as MONAI's {@code SpatialPad} and {@code DivisiblePad}.
 *
 * @param least voxels by axis at least, or what their number must be divisible by; one number counts for all axes; not
 *     positive = as it is
 * @param divisible which of the two
 * @param atEnd whether all is added at the end, instead of half (rounded down) at the beginning
 * @param constant what is added with {@link Padding#CONSTANT}
 */
public record Pad(List<Integer> least, boolean divisible, boolean atEnd, Padding padding, double constant)
        implements Step {

    public Pad {
        least = List.copyOf(least);
    }

    @Override
    public Optional<Step> forMask() {
        return Optional.of(new Pad(least, divisible, atEnd, padding, 0));
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var grid = image.grid();
        var start = new ArrayList<Integer>();
        var size = new ArrayList<Integer>();
        for (int axis = 0; axis < grid.rank(); axis++) {
            var wanted = Math.max(wanted(axis, grid), grid.size(axis));
            start.add(atEnd ? 0 : -((wanted - grid.size(axis)) / 2));
            size.add(wanted);
        }
        return new Box(start, size).cut(image, padding, (float) constant, trail);
    }

    private int wanted(int axis, Grid grid) {
        var number = Axes.at(least, axis, grid, "Pad");
        return divisible && number > 0 ? Axes.divisible(grid.size(axis), number) : number;
    }
}
