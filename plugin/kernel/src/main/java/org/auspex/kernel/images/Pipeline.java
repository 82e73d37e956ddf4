package org.auspex.kernel.images;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * From an image to what a network says about it.
 *
 * @param before what is done before the network sees it
 * @param after what is done to what it says
 */
public record Pipeline(List<Step> before, Inference inference, List<Step> after) {

    public Pipeline {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Runs all of it.
     *
     * @param network takes and gives batches of windows
     * @return in the grid of the image as it came if {@code after} inverts, else in the one the network saw
     * @throws ImageRefused if the image, or what the network gives, is none that a step can take
     */
    public Volume run(Volume image, UnaryOperator<Batch> network) {
        var trail = new Trail();
        var seen = all(before, image, trail);
        trail.end(seen.grid());
        return all(after, inference.run(seen, network), trail);
    }

    /** What the network would see of an image, were it to see it whole. */
    public Volume seen(Volume image) {
        return all(before, image, new Trail());
    }

    /** What becomes of a mask on the same way: 1 where it covers half of a voxel or more, else 0. */
    public Volume seenMask(Volume mask) {
        var moves = before.stream().flatMap(step -> step.forMask().stream()).toList();
        return new Discretisation(false, Optional.empty(), Optional.of(0.5), false)
                .apply(all(moves, mask, new Trail()), new Trail());
    }

    private static Volume all(List<Step> steps, Volume image, Trail trail) {
        var here = image;
        for (var step : steps) {
            here = step.apply(here, trail);
        }
        return here;
    }
}
