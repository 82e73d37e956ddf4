package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Resizes to a number of voxels, as MONAI's {@code Resize}, which is PyTorch's {@code interpolate}.
 *
 * @param size voxels by axis; not positive = as it is; one number if {@code longest}
 * @param longest whether the longest axis gets that size and the others keep their proportion
 * @param mode how
 */
public record Resize(List<Integer> size, boolean longest, Mode mode) implements Step {

    /** Ways to resize, by the names of PyTorch. */
    public enum Mode {
        /** The mean of the voxels that a new one covers. */
        AREA,
        /** Linear along each axis, corners as areas. */
        LINEAR,
        /** Linear along each axis, the outermost voxels' centres staying where they are. */
        LINEAR_ALIGNED,
        /** The voxel at the new one's lower edge. */
        NEAREST,
        /** The voxel at the new one's middle. */
        NEAREST_EXACT
    }

    public Resize {
        size = List.copyOf(size);
    }

    @Override
    public Optional<Step> forMask() {
        return Optional.of(this);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var before = image.grid();
        if (!longest) {
            image.requireRank("Resize to %s".formatted(size), List.of(size.size()));
        }
        var after = resized(before);
        trail.note((prediction, nearest) -> to(before, prediction, nearest ? Mode.NEAREST : mode));
        return to(after, image, mode);
    }

    private Grid resized(Grid grid) {
        var shape = new ArrayList<Integer>();
        var scale = longest
                ? size.get(0)
                        / (double) grid.shape().stream().max(Integer::compare).orElseThrow()
                : 1;
        for (int axis = 0; axis < grid.rank(); axis++) {
            var wanted = longest ? (int) Math.rint(grid.size(axis) * scale) : size.get(axis);
            shape.add(wanted > 0 ? wanted : grid.size(axis));
        }
        return new Grid(shape, affine(grid, shape));
    }

    /** The same extent in other voxels. */
    private static Affine affine(Grid grid, List<Integer> shape) {
        var affine = grid.affine();
        var corner = new double[grid.rank()];
        for (int axis = 0; axis < grid.rank(); axis++) {
            var scale = grid.size(axis) / (double) shape.get(axis);
            corner[axis] = (scale - 1) / 2;
            var column = grid.affine().column(axis);
            affine = affine.with(axis, scale * column[0], scale * column[1], scale * column[2]);
        }
        return affine.with(3, grid.affine().apply(corner));
    }

    private static Volume to(Grid target, Volume image, Mode mode) {
        var here = image;
        for (int axis = 0; axis < target.rank(); axis++) {
            if (here.grid().size(axis) != target.size(axis)) {
                here = along(axis, target.size(axis), here, mode);
            }
        }
        return here.at(target.affine());
    }

    /** One axis after the other, which is the same as all at once. */
    private static Volume along(int axis, int size, Volume image, Mode mode) {
        var grid = image.grid();
        var shape = new ArrayList<>(grid.shape());
        shape.set(axis, size);
        var result = image.blank(image.channels(), new Grid(shape, grid.affine()));
        var weights = IntStream.range(0, size)
                .mapToObj(to -> Weights.of(mode, to, grid.size(axis), size))
                .toArray(Weights[]::new);
        var stride = grid.stride(axis);
        for (int outer = 0; outer < image.values().length / (stride * grid.size(axis)); outer++) {
            for (int to = 0; to < size; to++) {
                var from = (outer * grid.size(axis) + weights[to].first) * stride;
                var at = (outer * size + to) * stride;
                weights[to].sum(image.values(), from, stride, result.values(), at);
            }
        }
        return result;
    }

    /** How much each of some neighbouring voxels counts for one new voxel. */
    private static final class Weights {

        private final int first;
        private final double[] shares;

        private Weights(int first, double... shares) {
            this.first = first;
            this.shares = shares;
        }

        static Weights of(Mode mode, int to, int from, int size) {
            return switch (mode) {
                case AREA -> area(to, from, size);
                case LINEAR -> linear(Math.max((to + 0.5) * from / size - 0.5, 0), from);
                case LINEAR_ALIGNED -> linear(size == 1 ? 0 : to * (from - 1.0) / (size - 1.0), from);
                case NEAREST -> new Weights((int) Math.min((long) to * from / size, from - 1L), 1);
                case NEAREST_EXACT -> new Weights((int) Math.min(Math.floor((to + 0.5) * from / size), from - 1), 1);
            };
        }

        private static Weights area(int to, int from, int size) {
            var first = (int) ((long) to * from / size);
            var end = (int) (((to + 1L) * from + size - 1) / size);
            var shares = new double[end - first];
            Arrays.fill(shares, 1.0 / shares.length);
            return new Weights(first, shares);
        }

        private static Weights linear(double place, int from) {
            var low = (int) Math.min(place, from - 1);
            var part = place - low;
            return low == from - 1 ? new Weights(low, 1) : new Weights(low, 1 - part, part);
        }

        /** As many sums as the stride is long, side by side; of two neighbours, as most are, in a loop of their own. */
        void sum(float[] values, int from, int stride, float[] sums, int at) {
            if (shares.length == 2) {
                var low = shares[0];
                var high = shares[1];
                for (int i = 0; i < stride; i++) {
                    sums[at + i] = (float) (low * values[from + i] + high * values[from + stride + i]);
                }
                return;
            }
            for (int i = 0; i < stride; i++) {
                double sum = 0;
                for (int j = 0; j < shares.length; j++) {
                    sum += shares[j] * values[from + i + j * stride];
                }
                sums[at + i] = (float) sum;
            }
        }
    }
}
