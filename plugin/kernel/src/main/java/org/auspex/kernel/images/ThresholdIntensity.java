package org.auspex.kernel.images;

/**
 * Replaces intensities that do not lie beyond a threshold, as MONAI's {@code ThresholdIntensity}.
 *
 * @param above whether those above it stay, or those below it
 * @param replacement what the others become
 */
public record ThresholdIntensity(double threshold, boolean above, double replacement) implements Step {

    @Override
    public Volume apply(Volume image, Trail trail) {
        var result = image.blank(image.channels());
        for (int i = 0; i < result.values().length; i++) {
            var value = image.values()[i];
            var stays = above ? value > threshold : value < threshold;
            result.values()[i] = stays ? value : (float) replacement;
        }
        return result;
    }
}
