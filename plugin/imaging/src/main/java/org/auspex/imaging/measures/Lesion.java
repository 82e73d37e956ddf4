package org.auspex.imaging.measures;

import java.util.BitSet;

/**
 * An outlined lesion in an image of the size that the words are defined for: 160 pixels on the longer side.
 *
 * @param image grey from 0 to 1, row by row. Not a copy
 * @param mask the pixels of the lesion, counted row by row. Not a copy
 * @param valid the pixels that show the scan, and no border. Not a copy
 */
public record Lesion(int rows, int columns, float[] image, BitSet mask, BitSet valid) {

    /** @throws IllegalArgumentException if there is no lesion, or something lies outside of the image */
    public Lesion {
        if (image.length != rows * columns || mask.length() > image.length || valid.length() > image.length) {
            throw new IllegalArgumentException(
                    "%d pixels are not %d rows of %d columns".formatted(image.length, rows, columns));
        }
        if (mask.isEmpty()) {
            throw new IllegalArgumentException("There are no words for an empty mask");
        }
    }
}
