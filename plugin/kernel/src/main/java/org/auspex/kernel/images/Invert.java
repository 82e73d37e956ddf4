package org.auspex.kernel.images;

/**
 * Brings a prediction into the grid of the image as it came, by undoing the geometry of the steps before the network.
 *
 * @param nearest whether each voxel takes its nearest neighbour's number, instead of a mixture of those around it
 */
public record Invert(boolean nearest) implements Step {

    @Override
    public Volume apply(Volume image, Trail trail) {
        return trail.back(image, nearest);
    }
}
