package org.auspex.kernel.adaptation;

import java.util.Arrays;
import java.util.List;

/**
 * The yardstick that needs no network: everything brighter, or everything darker, than one number, the number that suits the training
 * cases best.
 *
 * @param level in the numbers of the images
 * @param above whether what is brighter is marked, or else what is darker
 */
record IntensityThreshold(double level, boolean above) {

    private static final int LEVELS = 64;

    /** The best of 64 levels between the least and the greatest number, by the mean Dice of the cases. */
    static IntensityThreshold best(List<LabelledCase> cases) {
        var low = Double.POSITIVE_INFINITY;
        var high = Double.NEGATIVE_INFINITY;
        for (var one : cases) {
            for (var number : image(one)) {
                low = Math.min(low, number);
                high = Math.max(high, number);
            }
        }
        var dice = new double[2][LEVELS];
        for (var one : cases) {
            add(one, new Levels(low, high), dice);
        }
        var best = 0;
        for (int i = 1; i < 2 * LEVELS; i++) {
            best = dice[i % 2][i / 2] > dice[best % 2][best / 2] ? i : best;
        }
        return new IntensityThreshold(new Levels(low, high).level(best / 2), best % 2 == 0);
    }

    /** Dice of a case. */
    double dice(LabelledCase one) {
        var numbers = image(one);
        var found = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            found[i] = numbers[i] >= level == above ? 1 : 0;
        }
        return Overlap.of(found, one.labelled().mask().values()).dice();
    }

    /** A number for each pixel: of colours their mean. */
    private static float[] image(LabelledCase one) {
        var volume = one.labelled().picture().volume();
        if (volume.channels() == 1) {
            return volume.values();
        }
        var means = new float[volume.values().length / volume.channels()];
        for (int i = 0; i < volume.values().length; i++) {
            means[i % means.length] += volume.values()[i] / volume.channels();
        }
        return means;
    }

    /** Where the levels lie. */
    private record Levels(double low, double high) {

        double level(int number) {
            return low + (high - low) * number / LEVELS;
        }

        int of(double number) {
            return high == low ? 0 : Math.min((int) ((number - low) / (high - low) * LEVELS), LEVELS - 1);
        }
    }

    /** Dice of one case at every level, brighter and darker, in one walk over its pixels. */
    private static void add(LabelledCase one, Levels levels, double[][] dice) {
        var numbers = image(one);
        var mask = one.labelled().mask().values();
        var all = new long[LEVELS];
        var marked = new long[LEVELS];
        for (int i = 0; i < numbers.length; i++) {
            all[levels.of(numbers[i])]++;
            marked[levels.of(numbers[i])] += mask[i] > 0.5 ? 1 : 0;
        }
        long total = Arrays.stream(marked).sum();
        long below = 0;
        long markedBelow = 0;
        for (int level = 0; level < LEVELS; level++) {
            dice[0][level] += new Overlap(total - markedBelow, numbers.length - below, total).dice();
            dice[1][level] += new Overlap(markedBelow, below, total).dice();
            below += all[level];
            markedBelow += marked[level];
        }
    }
}
