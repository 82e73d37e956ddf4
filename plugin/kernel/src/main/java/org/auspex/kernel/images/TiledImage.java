package org.auspex.kernel.images;

import java.util.List;

/** Images that are too large to look at whole, such as the slides of a study. A network is shown tiles of them, all together. */
public interface TiledImage {

    /**
     * Finds the tissue and reads tiles of it, each time anew. Of more than are shown, each slide gives its share.
     *
     * @throws SlideUnusable if one is no slide that tiles can be cut from, or none has tissue
     * @throws ImageRefused if one cannot be had or read
     */
    Tiles tiles(Tiling tiling);

    /** Where a network looked, in words and as a picture, one for each slide in their order; nothing is stored. */
    List<Sighting> sightings(Attention attention);
}
