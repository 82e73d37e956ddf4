package org.auspex.kernel.images;

import java.util.ArrayDeque;
import java.util.Deque;

/** The way from where the network looks back to the image as it came. */
public final class Trail {

    private final Deque<Back> steps = new ArrayDeque<>();

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

    void note(Back back) {
        steps.push(back);
    }

    /** Goes all the way back, the last step first. */
    Volume back(Volume prediction, boolean nearest) {
        var here = prediction;
        while (!steps.isEmpty()) {
            here = steps.pop().over(here, nearest);
        }
        return here;
    }
}
