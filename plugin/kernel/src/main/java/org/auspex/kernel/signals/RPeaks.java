package org.auspex.kernel.signals;

import java.util.ArrayList;
import java.util.List;
import uk.me.berndporr.iirj.Butterworth;

/**
 * Finds R peaks as Pan and Tompkins do (IEEE Trans Biomed Eng 1985;32:230-236): what is left between 5 and 15 Hz, its slope squared and
 * averaged over 150 ms, thresholds that follow the signal and the noise, a search back where a beat is overdue, and T waves told
 * by their gentler slope. The filter runs forth and back, so that nothing is delayed.
 */
final class RPeaks {

    /** The filter needs some room above 15 Hz. */
    static final double SLOWEST_HERTZ = 60;

    private static final int ORDER = 2;
    private static final double CENTRE = 10;
    private static final double WIDTH = 10;
    private static final double WINDOW = 0.15;
    private static final double REFRACTORY = 0.2;
    private static final double T_WAVE = 0.36;
    private static final double OVERDUE = 1.66;
    private static final double LEARNING = 2;
    private static final int REMEMBERED = 8;

    private final double hertz;
    private final double[] band;
    private final double[] energy;
    private final List<Integer> beats = new ArrayList<>();
    private final List<Integer> passedOver = new ArrayList<>();
    private double signal;
    private double noise;

    private RPeaks(Signal recorded) {
        hertz = recorded.hertz();
        band = band(recorded.bridged(), hertz);
        energy = averaged(steep(band), samples(WINDOW));
    }

    /** Indices of the R peaks, rising. */
    static int[] of(Signal recorded) {
        return new RPeaks(recorded).found();
    }

    private int[] found() {
        learn();
        for (var peak : summits()) {
            look(peak);
        }
        return beats.stream().mapToInt(this::top).toArray();
    }

    private int samples(double seconds) {
        return Math.max(1, (int) Math.round(seconds * hertz));
    }

    private static double[] band(double[] samples, double hertz) {
        return backwards(filtered(backwards(filtered(samples, hertz)), hertz));
    }

    private static double[] filtered(double[] samples, double hertz) {
        var filter = new Butterworth();
        filter.bandPass(ORDER, hertz, CENTRE, WIDTH);
        var first = samples[0];
        var out = new double[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = filter.filter(samples[i] - first);
        }
        return out;
    }

    private static double[] backwards(double[] samples) {
        var out = new double[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[out.length - 1 - i];
        }
        return out;
    }

    /** The square of the slope over five points. */
    private static double[] steep(double[] band) {
        var out = new double[band.length];
        for (int i = 2; i < band.length - 2; i++) {
            var slope = 2 * (band[i + 2] - band[i - 2]) + band[i + 1] - band[i - 1];
            out[i] = slope * slope;
        }
        return out;
    }

    private static double[] averaged(double[] numbers, int width) {
        var out = new double[numbers.length];
        double sum = 0;
        for (int i = 0; i < numbers.length + width / 2; i++) {
            sum += i < numbers.length ? numbers[i] : 0;
            sum -= i >= width ? numbers[i - width] : 0;
            if (i >= width / 2) {
                out[i - width / 2] = sum / width;
            }
        }
        return out;
    }

    /** First guesses, from the first two seconds. */
    private void learn() {
        double sum = 0;
        var until = Math.min(energy.length, samples(LEARNING));
        for (int i = 0; i < until; i++) {
            signal = Math.max(signal, energy[i]);
            sum += energy[i];
        }
        signal /= 2;
        noise = sum / until / 2;
    }

    /** The highest places of the energy, none within 200 ms of a higher one. */
    private List<Integer> summits() {
        var summits = new ArrayList<Integer>();
        var apart = samples(REFRACTORY);
        for (int i = 1; i < energy.length - 1; i++) {
            if (energy[i] > energy[i - 1] && energy[i] >= energy[i + 1]) {
                var last = summits.isEmpty() ? -apart : summits.get(summits.size() - 1);
                if (i - last >= apart) {
                    summits.add(i);
                } else if (energy[i] > energy[last]) {
                    summits.set(summits.size() - 1, i);
                }
            }
        }
        return summits;
    }

    private void look(int peak) {
        searchBack(peak);
        if (energy[peak] > threshold() && !isTWave(peak)) {
            beat(peak, 0.125);
        } else {
            passedOver.add(peak);
            noise += 0.125 * (energy[peak] - noise);
        }
    }

    private double threshold() {
        return noise + 0.25 * (signal - noise);
    }

    private void beat(int peak, double weight) {
        beats.add(peak);
        passedOver.clear();
        signal += weight * (energy[peak] - signal);
    }

    /** Where the next beat is overdue, the strongest that was passed over, if it is at least half as strong as need be. */
    private void searchBack(int now) {
        if (beats.size() < 2 || now - last() < OVERDUE * usualInterval()) {
            return;
        }
        passedOver.stream()
                .filter(peak -> energy[peak] > threshold() / 2 && !isTWave(peak))
                .max((one, other) -> Double.compare(energy[one], energy[other]))
                .ifPresent(peak -> beat(peak, 0.25));
    }

    private int last() {
        return beats.get(beats.size() - 1);
    }

    private double usualInterval() {
        var from = Math.max(0, beats.size() - 1 - REMEMBERED);
        return (double) (last() - beats.get(from)) / (beats.size() - 1 - from);
    }

    private boolean isTWave(int peak) {
        return !beats.isEmpty() && peak - last() < samples(T_WAVE) && steepest(peak) < steepest(last()) / 2;
    }

    private double steepest(int peak) {
        double most = 0;
        for (int i = Math.max(1, peak - samples(WINDOW / 2));
                i < Math.min(band.length, peak + samples(WINDOW / 2));
                i++) {
            most = Math.max(most, Math.abs(band[i] - band[i - 1]));
        }
        return most;
    }

    /** The farthest from zero around a place of much energy. */
    private int top(int peak) {
        var top = peak;
        for (int i = Math.max(0, peak - samples(WINDOW / 2));
                i < Math.min(band.length, peak + samples(WINDOW / 2));
                i++) {
            top = Math.abs(band[i]) > Math.abs(band[top]) ? i : top;
        }
        return top;
    }
}
