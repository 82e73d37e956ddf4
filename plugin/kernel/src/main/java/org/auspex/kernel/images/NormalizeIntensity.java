package org.auspex.kernel.images;

import java.util.List;

/**
 * Subtracts a number from each intensity and divides by another, as MONAI's {@code NormalizeIntensity}: the mean and the
 * standard deviation (of a population) unless they are given. A divisor of 0 counts as 1.
 *
 * @param subtrahend by channel; empty = the mean
 * @param divisor by channel; empty = the standard deviation
 * @param nonzero whether only intensities other than 0 count and change
 * @param channelwise whether each channel has its own numbers
 */
public record NormalizeIntensity(List<Double> subtrahend, List<Double> divisor, boolean nonzero, boolean channelwise)
        implements Step {

    public NormalizeIntensity {
        subtrahend = List.copyOf(subtrahend);
        divisor = List.copyOf(divisor);
    }

    @Override
    public Volume apply(Volume image, Trail trail) {
        var parts = channelwise ? image.channels() : 1;
        requireAsMany(subtrahend, parts);
        requireAsMany(divisor, parts);
        var normal = image.blank(image.channels());
        var length = image.values().length / parts;
        for (int part = 0; part < parts; part++) {
            normalize(image.values(), normal.values(), part, length);
        }
        return normal;
    }

    private static void requireAsMany(List<Double> given, int parts) {
        if (!given.isEmpty() && given.size() != parts) {
            throw new ImageRefused("NormalizeIntensity is given %s for %d channels".formatted(given, parts));
        }
    }

    private void normalize(float[] values, float[] normal, int part, int length) {
        var from = part * length;
        var mean = subtrahend.isEmpty() ? mean(values, from, length, 0, 1) : subtrahend.get(part);
        var centre = mean(values, from, length, 0, 1);
        var deviation = divisor.isEmpty() ? Math.sqrt(mean(values, from, length, centre, 2)) : divisor.get(part);
        for (int i = from; i < from + length; i++) {
            normal[i] = counts(values[i]) ? (float) ((values[i] - mean) / (deviation == 0 ? 1 : deviation)) : values[i];
        }
    }

    /** The mean of the powers of the differences to a centre. */
    private double mean(float[] values, int from, int length, double centre, int power) {
        double sum = 0;
        long count = 0;
        for (int i = from; i < from + length; i++) {
            if (counts(values[i])) {
                var difference = values[i] - centre;
                sum += power == 1 ? difference : difference * difference;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private boolean counts(float value) {
        return !nonzero || value != 0;
    }
}
