package org.auspex.kernel.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resamples to voxels of a given size, as MONAI's {@code Spacing} with {@code align_corners=False} and
 * {@code padding_mode="border"}.
 *
 * <p>The new grid (MONAI's {@code zoom_affine} and {@code compute_shape_offset}): shears are removed; the extent between the
 * first and the last voxel's centres, in new voxels, plus one and rounded half to even, is the new size; and the first voxel keeps its place
 * if it is the corner that all others follow, else the middles coincide. A size within 0.001 mm of the present is kept.
 *
 * @param millimetres by axis; where there are fewer than axes, the last counts for the rest; not positive = as it is
 * @param diagonal whether the new axes are those of the world
 * @param nearest whether each voxel takes its nearest neighbour's number, instead of a mixture of those around it
 */
public record Spacing(List<Double> millimetres, boolean diagonal, boolean nearest) implements Step {

    /** MONAI's {@code AFFINE_TOL}. */
    static final double TOLERANCE = 1e-3;

    public Spacing {
        millimetres = List.copyOf(millimetres);
    }

    @Override
    public Optional<Step> forMask() {
        return Optional.of(this);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        image.requireRank("Spacing", List.of(2, 3));
        var before = image.grid();
        var resampled = Resampling.onto(target(before), image, nearest);
        trail.note((prediction, alsoNearest) -> Resampling.onto(before, prediction, nearest || alsoNearest));
        return resampled;
    }

    private Grid target(Grid grid) {
        var rank = grid.rank();
        var axes = zoomed(grid.affine(), rank);
        var corners = corners(grid);
        var back = axes.inverse();
        var inNew = new ArrayList<double[]>();
        corners.forEach(corner -> inNew.add(back.apply(grid.affine().apply(corner))));
        var shape = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            var a = axis;
            var low = inNew.stream().mapToDouble(place -> place[a]).min().orElseThrow();
            var high = inNew.stream().mapToDouble(place -> place[a]).max().orElseThrow();
            shape.add((int) Math.rint(high - low + 1.0));
        }
        return new Grid(shape, axes.with(3, origin(grid, axes, shape, corners, inNew)));
    }

    private static double[] origin(
            Grid grid, Affine axes, List<Integer> shape, List<double[]> corners, List<double[]> inNew) {
        for (int i = 0; i < corners.size(); i++) {
            if (isFirst(inNew.get(i), inNew, grid.rank())) {
                return grid.affine().apply(corners.get(i));
            }
        }
        var middle = grid.affine().apply(halves(grid.shape()));
        var shift = axes.apply(halves(shape));
        return new double[] {middle[0] - shift[0], middle[1] - shift[1], middle[2] - shift[2]};
    }

    /** Whether no corner has a smaller index along any of the new axes. */
    private static boolean isFirst(double[] corner, List<double[]> others, int rank) {
        for (var other : others) {
            for (int axis = 0; axis < rank; axis++) {
                if (other[axis] - corner[axis] < -1e-8) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double[] halves(List<Integer> shape) {
        return shape.stream().mapToDouble(size -> size / 2.0).toArray();
    }

    /** The indices of the outermost voxels, those of the first axis changing last. */
    private static List<double[]> corners(Grid grid) {
        var rank = grid.rank();
        var corners = new ArrayList<double[]>();
        for (int bits = 0; bits < 1 << rank; bits++) {
            var corner = new double[rank];
            for (int axis = 0; axis < rank; axis++) {
                corner[axis] = (bits >> (rank - 1 - axis) & 1) * (grid.size(axis) - 1.0);
            }
            corners.add(corner);
        }
        return corners;
    }

    /** The axes with the new lengths, orthogonal by Gram and Schmidt, at the world's origin. */
    private Affine zoomed(Affine affine, int rank) {
        var axes = Affine.identity();
        for (int axis = 0; axis < rank; axis++) {
            var direction = affine.column(axis);
            for (int earlier = 0; earlier < axis && !diagonal; earlier++) {
                var unit = axes.column(earlier);
                var length = axes.spacing(earlier);
                var dot = 0.0;
                for (int i = 0; i < 3; i++) {
                    dot += direction[i] * unit[i] / length;
                }
                for (int i = 0; i < 3; i++) {
                    direction[i] -= dot * unit[i] / length;
                }
            }
            if (diagonal) {
                direction = new double[3];
                direction[axis] = 1;
            }
            axes = axes.with(axis, scaled(direction, size(affine, axis)));
        }
        return axes;
    }

    private double size(Affine affine, int axis) {
        var present = affine.spacing(axis);
        var wanted = millimetres.get(Math.min(axis, millimetres.size() - 1));
        return wanted <= 0 || Math.abs(wanted - present) <= TOLERANCE ? present : wanted;
    }

    private static double[] scaled(double[] direction, double size) {
        var length = Math.sqrt(direction[0] * direction[0] + direction[1] * direction[1] + direction[2] * direction[2]);
        return new double[] {direction[0] * size / length, direction[1] * size / length, direction[2] * size / length};
    }
}
