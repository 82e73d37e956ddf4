package org.auspex.kernel.images;

/**
 * The one channel of a grey image so many times, for networks that learnt from colour.
 *
 * @param channels at least 1
 */
public record Repeat(int channels) implements Step {

    @Override
    public Volume apply(Volume image, Trail trail) {
        if (image.channels() != 1) {
            throw new ImageRefused("repeat takes an image of one channel, and this has %d".formatted(image.channels()));
        }
        var repeated = image.blank(channels);
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(image.values(), 0, repeated.values(), channel * image.voxels(), image.voxels());
        }
        return repeated;
    }
}
