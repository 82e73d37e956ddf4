package org.auspex.kernel.images;

import java.util.List;

/**
 * What a network takes or gives at once.
 *
 * @param shape windows, channels, and voxels along each axis
 * @param values in that order, the last axis densest; not a copy
 */
public record Batch(List<Integer> shape, float[] values) {

    /** @throws ImageRefused if the numbers are not as many as the shape says */
    public Batch {
        shape = List.copyOf(shape);
        if (shape.size() < 2
                || shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact) != values.length) {
            throw new ImageRefused("%d numbers are no batch of shape %s".formatted(values.length, shape));
        }
    }

    int count() {
        return shape.get(0);
    }

    int channels() {
        return shape.get(1);
    }

    List<Integer> voxels() {
        return shape.subList(2, shape.size());
    }
}
