package org.auspex.kernel.images;

/** An image of a study, and the way back to where it is kept. It is read when it is looked at. */
public interface Picture {

    /** What tells it apart in its study, such as {@code image 2 of 3}; nothing about a patient. */
    String name();

    /**
     * Its numbers: {@code [channel][x][y]} of an image, {@code [channel][x][y][z]} of the slices of a series.
     *
     * @throws ImageRefused if it cannot be read
     */
    Volume volume();

    /** What was marked on it, in words and measures, and as objects that can be kept beside it; nothing is stored yet. */
    Sighting sighting(Marking marking, Maker maker);
}
