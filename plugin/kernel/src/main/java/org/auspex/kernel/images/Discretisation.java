package org.auspex.kernel.images;

import java.util.Optional;

/**
 * Makes decisions of probabilities, as MONAI's {@code AsDiscrete}, in this order.
 *
 * @param argmax whether each voxel becomes the number of its greatest channel, from 0, the first of equals
 * @param classes how many channels of 0 and 1 it becomes after that; empty = none of that
 * @param threshold what becomes 1 if it is at least this, and else 0
 * @param round whether numbers are rounded, half to even
 */
public record Discretisation(boolean argmax, Optional<Integer> classes, Optional<Double> threshold, boolean round)
        implements Step {

    @Override
    public Volume apply(Volume image, Trail trail) {
        var greatest = argmax ? argmax(image) : image;
        var split = classes.map(count -> oneHot(greatest, count)).orElse(greatest);
        if (threshold.isEmpty() && !round) {
            return split;
        }
        var result = split.blank(split.channels());
        for (int i = 0; i < result.values().length; i++) {
            var value = split.values()[i];
            var decided = threshold.map(limit -> value >= limit ? 1f : 0f).orElse(value);
            result.values()[i] = round ? (float) Math.rint(decided) : decided;
        }
        return result;
    }

    private static Volume argmax(Volume image) {
        var result = image.blank(1);
        var voxels = image.voxels();
        for (int i = 0; i < voxels; i++) {
            int best = 0;
            for (int channel = 1; channel < image.channels(); channel++) {
                best = image.values()[channel * voxels + i] > image.values()[best * voxels + i] ? channel : best;
            }
            result.values()[i] = best;
        }
        return result;
    }

    private static Volume oneHot(Volume image, int count) {
        if (image.channels() != 1) {
            throw new ImageRefused("%d channels cannot be split into %d classes, only one channel of class numbers can"
                    .formatted(image.channels(), count));
        }
        var result = image.blank(count);
        for (int i = 0; i < image.voxels(); i++) {
            var number = image.values()[i];
            if (!(number >= 0 && number < count)) {
                throw new ImageRefused("a voxel is of class %s, and there are %d".formatted(number, count));
            }
            result.values()[(int) number * image.voxels() + i] = 1;
        }
        return result;
    }
}
