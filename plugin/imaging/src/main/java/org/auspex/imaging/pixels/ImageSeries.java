package org.auspex.imaging.pixels;

import java.util.List;
import org.auspex.kernel.images.Volume;

/**
 * An image and the frames it was made of: voxel {@code (x, y, z)} is the pixel of frame {@code z} in row {@code y} and column
 * {@code x}, all counted from 0.
 *
 * @param volume one channel; {@code [x][y][z]}, or {@code [x][y]} of a single frame
 * @param slices one per {@code z}
 */
public record ImageSeries(Volume volume, List<SourceFrame> slices) {
    public ImageSeries {
        slices = List.copyOf(slices);
    }
}
