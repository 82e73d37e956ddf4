package org.auspex.kernel.model;

import java.util.List;

/**
 * A tensor that a network takes or gives.
 *
 * @param shape -1 where a dimension may have any size; empty for a single number. If the first dimension of all tensors
 *     of a network is -1, it counts subjects, and calls meet in one batch along it.
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {

    /** Any size. */
    public static final long ANY = -1;

    public TensorSpec {
        shape = List.copyOf(shape);
    }

    boolean isBatched() {
        return !shape.isEmpty() && shape.get(0) == ANY;
    }

    /** Whether a tensor of this shape fits. */
    public boolean fits(List<Long> found) {
        if (found.size() != shape.size()) {
            return false;
        }
        for (int i = 0; i < found.size(); i++) {
            if (shape.get(i) != ANY && !shape.get(i).equals(found.get(i))) {
                return false;
            }
        }
        return true;
    }
}
