package org.auspex.kernel.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RhythmTest {

    @ParameterizedTest
    @CsvSource({"100, 40", "125, 72", "250, 72", "360, 150", "500, 60", "1000, 190"})
    void countsARegularBeat(double hertz, double perMinute) {
        var signal = Waves.ecg(hertz, Waves.beats(30, at -> 60 / perMinute), 30, 0.03, 1);

        var rhythm = Rhythm.of(signal).orElseThrow();

        assertThat(rhythm.rate()).isCloseTo(perMinute, within(0.5));
        assertThat(rhythm.irregularity()).isLessThan(0.03);
        assertThat(rhythm.quality()).isGreaterThan(0.95);
    }

    @Test
    void measuresHowIrregularABeatIs() {
        var random = new Random(2);
        var beats = Waves.beats(60, at -> 0.5 + 0.6 * random.nextDouble());

        var rhythm = Rhythm.of(Waves.ecg(250, beats, 60, 0.03, 3)).orElseThrow();

        assertThat(rhythm.beats()).isEqualTo(beats.length);
        assertThat(rhythm.irregularity())
                .isCloseTo(irregularity(beats), within(0.005))
                .isGreaterThan(0.2);
    }

    private static double irregularity(double[] beats) {
        double squares = 0;
        for (int i = 2; i < beats.length; i++) {
            squares += Math.pow(beats[i] - 2 * beats[i - 1] + beats[i - 2], 2);
        }
        var mean = (beats[beats.length - 1] - beats[0]) / (beats.length - 1);
        return Math.sqrt(squares / (beats.length - 2)) / mean;
    }

    @Test
    void saysThatNoiseIsNotToBeBelieved() {
        var noise = Waves.ecg(250, new double[0], 30, 1, 4);

        assertThat(Rhythm.of(noise))
                .get()
                .satisfies(rhythm -> assertThat(rhythm.quality()).isLessThan(0.6));
    }

    @Test
    void countsWhatWasNotMeasuredAgainstTheQuality() {
        var signal = Waves.ecg(250, Waves.beats(40, at -> 0.8), 40, 0.03, 5);
        Arrays.fill(signal.samples(), 15 * 250, 25 * 250, Double.NaN);

        var rhythm = Rhythm.of(signal).orElseThrow();

        assertThat(rhythm.quality()).isBetween(0.65, 0.76);
        assertThat(rhythm.rate()).isCloseTo(75, within(0.5));
        assertThat(rhythm.irregularity()).isLessThan(0.03);
    }

    @Test
    void saysNothingAboutWhatIsTooShortOrTooSlowOrStill() {
        assertThat(Rhythm.of(Waves.ecg(250, Waves.beats(4, at -> 0.8), 4, 0, 6)))
                .isEmpty();
        assertThat(Rhythm.of(Waves.ecg(50, Waves.beats(30, at -> 0.8), 30, 0, 6)))
                .isEmpty();
        assertThat(Rhythm.of(new Signal(250, new double[5000]))).isEmpty();
        var nothing = new double[5000];
        Arrays.fill(nothing, Double.NaN);
        assertThat(Rhythm.of(new Signal(250, nothing))).isEmpty();
    }
}
