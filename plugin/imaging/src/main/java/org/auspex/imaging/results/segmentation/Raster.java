package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.images.Volume;

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

    /**
     * A channel of what a network says, whose axes are columns, rows and, if there are several frames, frames.
     *
     * @throws IllegalArgumentException if it has other axes
     */
    public static Raster of(Volume volume, int channel) {
        var shape = volume.grid().shape();
        if (shape.size() < 2 || shape.size() > 3 || channel < 0 || channel >= volume.channels()) {
            throw new IllegalArgumentException("Channel %d of %d, of the shape %s, is no stack of frames"
                    .formatted(channel, volume.channels(), shape));
        }
        int columns = shape.get(0);
        int rows = shape.get(1);
        int depth = shape.size() == 3 ? shape.get(2) : 1;
        var first = channel * rows * columns * depth;
        var values = volume.values();
        var frames = new ArrayList<float[]>(depth);
        for (int z = 0; z < depth; z++) {
            var frame = new float[rows * columns];
            for (int row = 0, i = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++, i++) {
                    frame[i] = values[first + (column * rows + row) * depth + z];
                }
            }
            frames.add(frame);
        }
        return new Raster(rows, columns, frames);
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
