package org.auspex.kernel.images;

import java.util.function.UnaryOperator;

/** How a network is shown an image. */
public sealed interface Inference permits WholeImage, SlidingWindow {

    /**
     * What the network says about the image.
     *
     * @param network takes and gives batches of windows
     * @throws ImageRefused if it gives something else
     */
    Volume run(Volume image, UnaryOperator<Batch> network);
}
