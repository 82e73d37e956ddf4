package org.auspex.kernel.images;

/** An image that is too large to look at whole, such as a slide under a microscope. A network is shown tiles of it. */
public interface TiledImage {

    /**
     * Finds the tissue and reads tiles of it, each time anew.
     *
     * @throws SlideUnusable if it is no slide that tiles can be cut from, or has no tissue
     * @throws ImageRefused if it cannot be had or read
     */
    Tiles tiles(Tiling tiling);

    /** Where a network looked, in words and as a picture; nothing is stored. */
    Sighting sighting(Attention attention);
}
