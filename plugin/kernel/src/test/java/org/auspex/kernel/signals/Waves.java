package org.auspex.kernel.signals;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** ECGs drawn from bells: P, QRS and T, at times that are known. */
final class Waves {

    private Waves() {}

    /** Noise is a standard deviation, where an R peak is 1. */
    static Signal ecg(double hertz, double[] beats, double seconds, double noise, long seed) {
        var random = new Random(seed);
        var samples = new double[(int) (hertz * seconds)];
        for (int i = 0; i < samples.length; i++) {
            var at = i / hertz;
            samples[i] = noise * random.nextGaussian() + 0.3 * Math.sin(2 * Math.PI * 0.25 * at);
            for (var beat : beats) {
                samples[i] += beat(at - beat);
            }
        }
        return new Signal(hertz, samples);
    }

    /** Times of beats, each interval drawn. */
    static double[] beats(double seconds, DoubleUnaryOperator interval) {
        return java.util.stream.DoubleStream.iterate(
                        0.5, at -> at < seconds - 0.3, at -> at + interval.applyAsDouble(at))
                .toArray();
    }

    private static double beat(double at) {
        return bell(at + 0.16, 0.025, 0.15)
                + bell(at + 0.025, 0.008, -0.15)
                + bell(at, 0.011, 1)
                + bell(at - 0.03, 0.009, -0.25)
                + bell(at - 0.28, 0.05, 0.35);
    }

    private static double bell(double at, double width, double height) {
        return height * Math.exp(-at * at / (2 * width * width));
    }
}
