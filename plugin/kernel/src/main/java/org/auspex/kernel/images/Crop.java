package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the middle of an image that is too large, as MONAI's {@code CenterSpatialCrop}.
 *
 * @param most voxels by axis at most; one number counts for all axes; not positive = as it is
 */
public record Crop(List<Integer> most) implements Step {

    public Crop {
        most = List.copyOf(most);
    }

    @Override
    public Optional<Step> forMask() {
        return Optional.of(this);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var grid = image.grid();
        var start = new ArrayList<Integer>();
        var size = new ArrayList<Integer>();
        for (int axis = 0; axis < grid.rank(); axis++) {
            var present = grid.size(axis);
            var wanted = Axes.at(most, axis, grid, "Crop");
            var kept = wanted > 0 ? Math.min(wanted, present) : present;
            start.add(kept == present ? 0 : Math.max(present / 2 - kept / 2, 0));
            size.add(kept);
        }
        return new Box(start, size).cut(image, Padding.CONSTANT, 0, trail);
    }
}
