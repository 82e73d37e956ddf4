package org.auspex.kernel.images;

/**
 * Maps what lies between an image's least and greatest intensity onto a range, as MONAI's {@code ScaleIntensity}. Where all
 * are equal they are multiplied by {@code low}.
 *
 * @param channelwise whether each channel has its own least and greatest
 */
public record ScaleIntensity(double low, double high, boolean channelwise) implements Step {

    @Override
    public Volume apply(Volume image, Trail trail) {
        var scaled = image.blank(image.channels());
        var length = channelwise ? image.voxels() : image.values().length;
        for (int from = 0; from < scaled.values().length; from += length) {
            scale(image.values(), scaled.values(), from, from + length);
        }
        return scaled;
    }

    private void scale(float[] values, float[] scaled, int from, int to) {
        var least = Float.POSITIVE_INFINITY;
        var greatest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
        }
        for (int i = from; i < to; i++) {
            scaled[i] = (float)
                    (least == greatest
                            ? values[i] * low
                            : ((double) values[i] - least) / ((double) greatest - least) * (high - low) + low);
        }
    }
}
