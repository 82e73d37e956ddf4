package org.auspex.kernel.images;

import java.util.List;

/** One number for each axis of an image, or one for all. */
final class Axes {

    private Axes() {}

    static <T> T at(List<T> numbers, int axis, Grid grid, String step) {
        if (numbers.size() != 1 && numbers.size() != grid.rank()) {
            throw new ImageRefused("%s is given %s for an image of shape %s".formatted(step, numbers, grid.shape()));
        }
        return numbers.get(numbers.size() == 1 ? 0 : axis);
    }

    /** The next larger multiple. */
    static int divisible(int size, int by) {
        return by > 0 ? (size + by - 1) / by * by : size;
    }
}
