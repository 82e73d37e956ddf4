package org.auspex.kernel.images;

import java.util.List;

/** The voxels of an image and where they lie. */
public final class Grid {

    private final List<Integer> shape;
    private final Affine affine;
    private final int[] sizes;
    private final int[] strides;

    /**
     * A grid.
     *
     * @param shape voxels along each axis; empty for what has no place, such as the probabilities of classes
     */
    public Grid(List<Integer> shape, Affine affine) {
        this.shape = List.copyOf(shape);
        this.affine = affine.of(Math.min(shape.size(), 3));
        this.sizes = shape.stream().mapToInt(Integer::intValue).toArray();
        this.strides = new int[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
    }

    public List<Integer> shape() {
        return shape;
    }

    public Affine affine() {
        return affine;
    }

    int rank() {
        return sizes.length;
    }

    int size(int axis) {
        return sizes[axis];
    }

    /** Elements between neighbours along an axis; the last axis is the densest. */
    int stride(int axis) {
        return strides[axis];
    }

    /** @throws ArithmeticException if there are more than a long can count */
    long voxels() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
