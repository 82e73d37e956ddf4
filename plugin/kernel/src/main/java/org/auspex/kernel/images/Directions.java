package org.auspex.kernel.images;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which direction of the world each axis of an image follows most nearly, as nibabel's {@code io_orientation} finds it: the
 * axes are first made orthogonal by the nearest rotation, then matched one by one, the clearest first.
 */
final class Directions {

    private final int[] world;
    private final boolean[] positive;

    private Directions(int rank) {
        world = new int[rank];
        positive = new boolean[rank];
    }

    static Directions of(Affine affine, int rank) {
        var rotation = nearestRotation(affine, rank);
        var found = new Directions(rank);
        var order = IntStream.range(0, rank)
                .boxed()
                .sorted(Comparator.comparingDouble(axis -> -largest(rotation, axis)))
                .toList();
        var taken = new boolean[rank];
        for (var axis : order) {
            int best = -1;
            for (int i = 0; i < rank; i++) {
                if (!taken[i] && (best < 0 || Math.abs(rotation.at(i, axis)) > Math.abs(rotation.at(best, axis)))) {
                    best = i;
                }
            }
            taken[best] = true;
            found.world[axis] = best;
            found.positive[axis] = rotation.at(best, axis) >= 0;
        }
        return found;
    }

    private static double largest(Affine rotation, int axis) {
        return Arrays.stream(rotation.column(axis)).map(Math::abs).max().orElse(0);
    }

    /** The orthogonal polar factor of the axes, each of length one, by Newton's iteration (Higham 1986). */
    private static Affine nearestRotation(Affine affine, int rank) {
        var here = Affine.identity();
        for (int axis = 0; axis < rank; axis++) {
            var length = affine.spacing(axis);
            here = here.with(
                    axis,
                    Arrays.stream(affine.column(axis)).map(x -> x / length).toArray());
        }
        for (int i = 0; i < 50; i++) {
            var inverse = here.inverse();
            var next = here;
            for (int axis = 0; axis < 3; axis++) {
                next = next.with(
                        axis,
                        half(here.at(0, axis), inverse.at(axis, 0)),
                        half(here.at(1, axis), inverse.at(axis, 1)),
                        half(here.at(2, axis), inverse.at(axis, 2)));
            }
            here = next;
        }
        return here;
    }

    private static double half(double a, double b) {
        return (a + b) / 2;
    }

    /** The axis of the image that follows a direction of the world. */
    Optional<Integer> axis(int direction) {
        return IntStream.range(0, world.length)
                .filter(axis -> world[axis] == direction)
                .boxed()
                .findFirst();
    }

    boolean isPositive(int axis) {
        return positive[axis];
    }
}
