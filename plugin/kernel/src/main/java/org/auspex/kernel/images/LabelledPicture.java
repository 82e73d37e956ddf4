package org.auspex.kernel.images;

/** An image and what a person marked on it. Both are read each time they are asked for, so that a thousand of them take no room. */
public interface LabelledPicture {

    /** @throws ImageRefused where it is looked at, if it cannot be read */
    Picture picture();

    /** One channel in the grid of the picture, 1 where it is marked, else 0. */
    Volume mask();
}
