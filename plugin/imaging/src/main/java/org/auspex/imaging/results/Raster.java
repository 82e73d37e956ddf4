package org.auspex.imaging.results;

import java.util.List;

/**
 * A number for each pixel of the source's frames, such as a probability or a doubt.
 *
 * @param frames of each source frame, in the source's order: {@code rows} times {@code columns} numbers, row by row. Not copies
 */
public record Raster(int rows, int columns, List<float[]> frames) {

    /** @throws IllegalArgumentException if a frame has another number of pixels, or a number is none */
    public Raster {
        frames = List.copyOf(frames);
        if (rows < 1 || columns < 1 || frames.isEmpty()) {
            throw new IllegalArgumentException(
                    "%d frames of %d rows and %d columns hold nothing".formatted(frames.size(), rows, columns));
        }
        for (var frame : frames) {
            require(frame, (long) rows * columns);
        }
    }

    private static void require(float[] frame, long pixels) {
        if (frame.length != pixels) {
            throw new IllegalArgumentException(
                    "A frame has %d pixels; it must have %d".formatted(frame.length, pixels));
        }
        for (var number : frame) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException(number + " cannot be stored for a pixel");
            }
        }
    }
}
