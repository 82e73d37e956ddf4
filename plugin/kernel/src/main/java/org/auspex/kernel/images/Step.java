package org.auspex.kernel.images;

import java.util.Optional;

/** Something that is done to an image before a network sees it, or to what the network says. */
public sealed interface Step
        permits Orientation,
                Spacing,
                Resize,
                Crop,
                Pad,
                CropForeground,
                ScaleIntensityRange,
                ScaleIntensity,
                NormalizeIntensity,
                ThresholdIntensity,
                Denoise,
                Enhance,
                Activation,
                Discretisation,
                LargestComponent,
                Channels,
                Repeat,
                Transpose,
                Invert {

    /**
     * Does it.
     *
     * @param image not changed
     * @param trail where a step that moves voxels notes the way back
     * @throws ImageRefused if the image is none that the step can take
     */
    Volume apply(Volume image, Trail trail);

    /** What is to be done to a mask of the image, so that it stays on the image; empty if the step moves no voxels. */
    default Optional<Step> forMask() {
        return Optional.empty();
    }
}
