package org.auspex.kernel.images;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The way from where the network looks back to the image as it came. */
public final class Trail {

    private final Deque<Back> steps = new ArrayDeque<>();
    private Optional<Grid> end = Optional.empty();

    /** The way back over one step. */
    @FunctionalInterface
    interface Back {

        /**
         * The prediction, in the grid before the step.
         *
         * @param nearest whether numbers must not be mixed, such as those of classes
         */
        Volume over(Volume prediction, boolean nearest);
    }

    /** Where the network looks. */
    void end(Grid grid) {
        end = Optional.of(grid);
    }

    void note(Back back) {
        steps.push(back);
    }

    /**
     * Goes all the way back, the last step first.
     *
     * @throws ImageRefused if the prediction is not about the voxels that the network saw
     */
    Volume back(Volume prediction, boolean nearest) {
        var shape = prediction.grid().shape();
        end.map(Grid::shape).filter(seen -> !seen.equals(shape)).ifPresent(seen -> {
            throw new ImageRefused(
                    "the network saw %s voxels and answered %s, which cannot be brought back".formatted(seen, shape));
        });
        var here = prediction;
        while (!steps.isEmpty()) {
            here = steps.pop().over(here, nearest);
        }
        return here;
    }
}
