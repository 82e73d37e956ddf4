package org.auspex.kernel.images;

import java.util.Optional;

/**
 * Maps one range of intensities onto another, such as a CT window onto 0 to 1; as MONAI's {@code ScaleIntensityRange}.
 *
 * @param low what becomes the lower end of {@code to}
 * @param high what becomes its upper end
 * @param to empty = 0 to 1, and nothing is clipped
 * @param clip whether what lies outside takes the nearer end of {@code to}
 */
public record ScaleIntensityRange(double low, double high, Optional<Ends> to, boolean clip) implements Step {

    /** A range of intensities. */
    public record Ends(double low, double high) {}

    /** @throws IllegalArgumentException if the range is empty, or there is nothing to clip to */
    public ScaleIntensityRange {
        if (low == high) {
            throw new IllegalArgumentException("the range from %s to %s is empty".formatted(low, high));
        }
        if (clip && to.isEmpty()) {
            throw new IllegalArgumentException("there is no range to clip to");
        }
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var scaled = image.blank(image.channels());
        var ends = to.orElse(new Ends(0, 1));
        for (int i = 0; i < scaled.values().length; i++) {
            var part = (image.values()[i] - low) / (high - low);
            var value = part * (ends.high() - ends.low()) + ends.low();
            scaled.values()[i] = (float) (clip ? Math.min(Math.max(value, ends.low()), ends.high()) : value);
        }
        return scaled;
    }
}
