package org.auspex.imaging.pictures;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.measures.Descriptor;
import org.auspex.imaging.measures.Descriptors;
import org.auspex.imaging.measures.Lesion;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.pixels.Regions;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.kernel.images.Resize;
import org.auspex.kernel.images.Trail;
import org.auspex.kernel.images.Volume;

/** Words for a lesion in an ultrasound image, measured within the regions of tissue: what scanners write around them does not count. */
final class UltrasoundWords {

    /** What the words are defined for: pixels on the longer side. */
    private static final int SIDE = 160;

    private UltrasoundWords() {}

    /** None for other modalities, for several frames, and for a lesion that is too small to be seen at that size. */
    static List<Descriptor> of(ImageSeries image, Volume mask) {
        var object = image.slices().get(0).object();
        if (!object.string(Tags.MODALITY).equals(Optional.of("US"))
                || image.slices().size() > 1) {
            return List.of();
        }
        var grey = Raster.of(resized(image.volume(), Resize.Mode.AREA), 0);
        var valid = bits(scan(image));
        var inside = bits(mask);
        inside.and(valid);
        return inside.isEmpty()
                ? List.of()
                : Descriptors.of(new Lesion(
                        grey.rows(), grey.columns(), zeroToOne(grey.frames().get(0)), inside, valid));
    }

    /** 1 where the image shows tissue. */
    private static Volume scan(ImageSeries image) {
        var source = image.slices().get(0);
        var shown = Regions.of(source.object()).pixels(source.rows(), source.columns());
        var values = new float[source.rows() * source.columns()];
        for (int i = shown.nextSetBit(0); i >= 0; i = shown.nextSetBit(i + 1)) {
            values[i % source.columns() * source.rows() + i / source.columns()] = 1;
        }
        // A small image becomes larger.
        return new Volume(1, image.volume().grid(), values, Math.max(values.length, SIDE * SIDE));
    }

    private static Volume resized(Volume volume, Resize.Mode mode) {
        return new Resize(List.of(SIDE), true, mode).apply(volume, new Trail());
    }

    private static BitSet bits(Volume zeroOrOne) {
        return Mask.above(Raster.of(resized(zeroOrOne, Resize.Mode.NEAREST_EXACT), 0), 0.5)
                .frame(0);
    }

    private static float[] zeroToOne(float[] numbers) {
        float high = 255;
        for (var number : numbers) {
            high = Math.max(high, number);
        }
        var scaled = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            scaled[i] = Math.max(0, numbers[i] / high);
        }
        return scaled;
    }
}
