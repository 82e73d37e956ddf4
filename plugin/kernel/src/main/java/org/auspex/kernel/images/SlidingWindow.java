package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The network sees a window at a time; where windows overlap its answers are averaged. As MONAI's
 * {@code sliding_window_inference}: an image smaller than the window is padded on both sides, windows lie
 * {@code int(size * (1 - overlap))} apart, the last ones moved back to end with the image.
 *
 * @param size voxels of a window by axis; one number counts for all; not positive = as the image
 * @param batch windows the network gets at once
 * @param overlap share of a window that the next one sees again, from 0 to below 1; by axis, or one for all
 * @param gaussian whether the middle of a window counts more: a bell with a standard deviation of {@code sigma} times its size, at
 *     least 0.001 high
 * @param sigma see {@code gaussian}; MONAI's default is 0.125
 * @param padding what stands around an image smaller than the window
 * @param constant what stands there with {@link Padding#CONSTANT}
 * @param slice for a network of pictures that is shown a volume: the axis along which they lie, on which {@code size} is 1
 */
public record SlidingWindow(
        List<Integer> size,
        int batch,
        List<Double> overlap,
        boolean gaussian,
        double sigma,
        Padding padding,
        double constant,
        OptionalInt slice)
        implements Inference {

    /** The least that a voxel counts, so that nothing is divided by 0. */
    private static final float LEAST = 1e-3f;

    /** @throws IllegalArgumentException if a number makes no sense */
    public SlidingWindow {
        size = List.copyOf(size);
        overlap = List.copyOf(overlap);
        if (batch < 1 || !(sigma > 0) || overlap.stream().anyMatch(share -> !(share >= 0 && share < 1))) {
            throw new IllegalArgumentException(
                    "a sliding window takes a batch of 1 or more, a sigma above 0 and an overlap from 0 to below 1");
        }
    }

    @Override
    public Volume run(Volume image, UnaryOperator<Batch> network) {
        var trail = new Trail();
        var padded = padded(image, trail);
        var windows = windows(padded.grid(), size(image.grid()));
        var mosaic = new Mosaic(padded, weights(size(image.grid())), slice);
        for (int from = 0; from < windows.size(); from += batch) {
            var some = windows.subList(from, Math.min(from + batch, windows.size()));
            mosaic.add(some, network.apply(mosaic.batch(some)));
        }
        return trail.back(mosaic.mean(), true);
    }

    private List<Integer> size(Grid grid) {
        var sizes = new ArrayList<Integer>();
        for (int axis = 0; axis < grid.rank(); axis++) {
            var wanted = Axes.at(size, axis, grid, "The sliding window");
            sizes.add(wanted > 0 ? wanted : grid.size(axis));
        }
        return sizes;
    }

    private Volume padded(Volume image, Trail trail) {
        var least = size(image.grid());
        return new Pad(least, false, false, padding, constant).apply(image, trail);
    }

    private List<Box> windows(Grid grid, List<Integer> window) {
        var boxes = new ArrayList<Box>(List.of(new Box(List.of(), window)));
        for (int axis = 0; axis < grid.rank(); axis++) {
            var more = new ArrayList<Box>();
            for (var box : boxes) {
                for (var start : starts(grid, axis, window.get(axis))) {
                    var starts = new ArrayList<>(box.start());
                    starts.add(start);
                    more.add(new Box(starts, window));
                }
            }
            boxes = more;
        }
        return boxes;
    }

    private List<Integer> starts(Grid grid, int axis, int window) {
        var share = Axes.at(overlap, axis, grid, "The overlap");
        var apart = Math.max((int) (window * (1 - share)), 1);
        var starts = new ArrayList<Integer>();
        for (int start = 0; start + window < grid.size(axis); start += apart) {
            starts.add(start);
        }
        starts.add(grid.size(axis) - window);
        return starts;
    }

    /** How much each voxel of a window counts, the last axis densest. */
    private float[] weights(List<Integer> window) {
        var grid = new Grid(window, Affine.identity());
        var weights = new float[Math.toIntExact(grid.voxels())];
        var index = new int[grid.rank()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = gaussian ? Math.max(bell(index, grid), LEAST) : 1;
            Turn.advance(index, grid);
        }
        return weights;
    }

    private float bell(int[] index, Grid grid) {
        double exponent = 0;
        for (int axis = 0; axis < index.length; axis++) {
            var distance = index[axis] - (grid.size(axis) - 1) / 2.0;
            var deviation = sigma * grid.size(axis);
            exponent -= distance * distance / (2 * deviation * deviation);
        }
        return (float) Math.exp(exponent);
    }
}
