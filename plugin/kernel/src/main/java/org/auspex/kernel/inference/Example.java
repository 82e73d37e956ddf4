package org.auspex.kernel.inference;

import java.util.Optional;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.Volume;

/**
 * An image with what a head shall mark on it, as the network sees them.
 *
 * @param image any number of channels, two axes, each at least {@link #STRIDE} long
 * @param mask one channel on the same grid, 1 where it is, else 0
 * @param weight one channel on the same grid: how much each pixel counts, from 0 to 1; empty = fully
 */
public record Example(Volume image, Volume mask, Optional<Volume> weight) {

    /** Sides of what an encoder sees are multiples of this. */
    static final int STRIDE = 16;

    /** @throws ImageRefused if the two do not fit each other, or are no picture */
    public Example {
        var shape = image.grid().shape();
        if (shape.size() != 2 || shape.get(0) < STRIDE || shape.get(1) < STRIDE) {
            throw new ImageRefused(
                    "what the network sees has the shape %s; a head learns from pictures of at least %d x %d"
                            .formatted(shape, STRIDE, STRIDE));
        }
        if (!mask.grid().shape().equals(shape) || mask.channels() != 1) {
            throw new ImageRefused("the steps of the card leave an image of %s and a mask of %s; leave out foreground"
                    .formatted(shape, mask.grid().shape()));
        }
    }

    /** One that a person marked. */
    public Example(Volume image, Volume mask) {
        this(image, mask, Optional.empty());
    }

    int rows() {
        return image.grid().shape().get(0);
    }

    int columns() {
        return image.grid().shape().get(1);
    }
}
