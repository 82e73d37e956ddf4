package org.auspex.kernel.images;

import java.util.List;

/**
 * An image of one or more channels, or what a network says about one. It is not changed once a step has returned it.
 *
 * <p>Its numbers lie channel by channel, the last axis densest: index {@code [channel][x][y][z]}.
 */
public final class Volume {

    private final int channels;
    private final Grid grid;
    private final float[] values;
    private final long most;

    /**
     * An image as it came.
     *
     * @param values {@code channels} times the voxels of {@code grid}
     * @param most how many numbers it, and whatever is made of it, may have
     * @throws ImageRefused if there are more, or not as many as the shape says
     */
    public Volume(int channels, Grid grid, float[] values, long most) {
        this.channels = channels;
        this.grid = grid;
        this.values = values;
        this.most = most;
        if (size(channels, grid, most) != values.length) {
            throw new ImageRefused(
                    "%d channels of %s are not %d numbers".formatted(channels, grid.shape(), values.length));
        }
    }

    public int channels() {
        return channels;
    }

    public Grid grid() {
        return grid;
    }

    /** Not a copy. */
    public float[] values() {
        return values;
    }

    int voxels() {
        return values.length / channels;
    }

    /** Zeros under the same limit. */
    Volume blank(int newChannels, Grid newGrid) {
        return new Volume(newChannels, newGrid, new float[size(newChannels, newGrid, most)], most);
    }

    Volume blank(int newChannels) {
        return blank(newChannels, grid);
    }

    /** One of the channels, as an image of its own. */
    public Volume channel(int channel) {
        var one = blank(1);
        System.arraycopy(values, channel * voxels(), one.values, 0, voxels());
        return one;
    }

    /** The same numbers at other places. */
    Volume at(Affine affine) {
        return new Volume(channels, new Grid(grid.shape(), affine), values, most);
    }

    private static int size(int channels, Grid grid, long most) {
        if (channels < 1 || grid.shape().stream().anyMatch(size -> size < 1)) {
            throw new ImageRefused("an image of %d channels and %s voxels is empty".formatted(channels, grid.shape()));
        }
        long size;
        try {
            size = Math.multiplyExact(grid.voxels(), (long) channels);
        } catch (ArithmeticException e) {
            size = Long.MAX_VALUE;
        }
        if (size > Math.min(most, Integer.MAX_VALUE - 8)) {
            throw new ImageRefused(("%d channels of %s voxels are more than %d numbers, the most that"
                            + " auspex.inference.max-numbers allows; crop the image, or raise the limit and the memory")
                    .formatted(channels, grid.shape(), most));
        }
        return (int) size;
    }

    /** Whether the axes are as many as a step asks for. */
    void requireRank(String step, List<Integer> ranks) {
        if (!ranks.contains(grid.rank())) {
            throw new ImageRefused(
                    "%s takes images of %s dimensions, and this has the shape %s".formatted(step, ranks, grid.shape()));
        }
    }
}
