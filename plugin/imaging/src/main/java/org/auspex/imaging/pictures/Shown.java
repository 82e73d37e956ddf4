package org.auspex.imaging.pictures;

import org.auspex.imaging.overlay.Grey;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.results.segmentation.Raster;

/** A frame as a person would look at it: from its darkest to its brightest number. */
final class Shown {

    private Shown() {}

    static Grey frame(ImageSeries image, int frame) {
        var raster = Raster.of(image.volume(), 0);
        var numbers = raster.frames().get(frame);
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (var number : numbers) {
            low = Math.min(low, number);
            high = Math.max(high, number);
        }
        return Grey.windowed(raster.rows(), raster.columns(), numbers, low, high > low ? high : low + 1);
    }
}
