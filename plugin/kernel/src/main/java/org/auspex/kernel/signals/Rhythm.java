package org.auspex.kernel.signals;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one lead of an ECG says about the beat of the heart.
 *
 * @param rate beats in a minute: intervals between beats over the time they take
 * @param irregularity root mean square of the differences between successive intervals, as a share of the mean interval; 0 = a clock
 * @param quality 0 to 1: how alike the beats look (mean correlation with their mean shape, 150 ms to either side; Orphanidou et al., IEEE J
 *     Biomed Health Inform 2015;19:832-838), times the share of the time in which anything was measured
 * @param beats how many were found
 */
public record Rhythm(double rate, double irregularity, double quality, int beats) {

    private static final double SHORTEST = 5;
    private static final int FEWEST = 4;
    private static final double AROUND = 0.15;

    /**
     * Empty if the signal is shorter than 5 s, has fewer than 60 samples a second, or fewer than four beats one after another. Intervals
     * in which something was not measured do not count.
     */
    public static Optional<Rhythm> of(Signal signal) {
        if (signal.seconds() < SHORTEST || signal.hertz() < RPeaks.SLOWEST_HERTZ) {
            return Optional.empty();
        }
        var beats = RPeaks.of(signal);
        var intervals = IntStream.range(1, beats.length)
                .mapToDouble(i -> isMeasured(signal, beats[i - 1], beats[i]) ? beats[i] - beats[i - 1] : Double.NaN)
                .toArray();
        var squares = IntStream.range(1, intervals.length)
                .mapToDouble(i -> intervals[i] - intervals[i - 1])
                .filter(difference -> !Double.isNaN(difference))
                .map(difference -> difference * difference)
                .toArray();
        if (squares.length < FEWEST - 2) {
            return Optional.empty();
        }
        var mean = Arrays.stream(intervals)
                .filter(interval -> !Double.isNaN(interval))
                .average()
                .orElseThrow();
        return Optional.of(new Rhythm(
                60 * signal.hertz() / mean,
                Math.sqrt(Arrays.stream(squares).average().orElseThrow()) / mean,
                measured(signal) * likeness(signal.bridged(), beats, (int) Math.round(AROUND * signal.hertz())),
                beats.length));
    }

    private static boolean isMeasured(Signal signal, int from, int to) {
        return IntStream.rangeClosed(from, to).allMatch(signal::isMeasured);
    }

    private static double measured(Signal signal) {
        return IntStream.range(0, signal.samples().length)
                .mapToDouble(i -> signal.isMeasured(i) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static double likeness(double[] samples, int[] beats, int around) {
        var shapes = Arrays.stream(beats)
                .filter(beat -> beat >= around && beat + around < samples.length)
                .mapToObj(beat -> centred(Arrays.copyOfRange(samples, beat - around, beat + around + 1)))
                .toList();
        var mean = new double[2 * around + 1];
        shapes.forEach(shape -> Arrays.setAll(mean, i -> mean[i] + shape[i]));
        return Math.max(
                0,
                shapes.stream()
                        .mapToDouble(shape -> cosine(shape, mean))
                        .average()
                        .orElse(0));
    }

    private static double[] centred(double[] numbers) {
        var mean = Arrays.stream(numbers).average().orElseThrow();
        return Arrays.stream(numbers).map(number -> number - mean).toArray();
    }

    private static double cosine(double[] one, double[] other) {
        double both = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            both += one[i] * other[i];
            ones += one[i] * one[i];
            others += other[i] * other[i];
        }
        return ones == 0 || others == 0 ? 0 : both / Math.sqrt(ones * others);
    }
}
