package org.auspex.imaging.results;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.measures.ExtentRange;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.report.Evaluation;
import org.auspex.imaging.results.report.Measured;
import org.auspex.imaging.results.report.Measurement;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.imaging.results.segmentation.Segment;
import org.auspex.imaging.results.segmentation.Segmented;

/** What is found in them. */
public final class Findings {

    public static final Algorithm ALGORITHM =
            new Algorithm("breast-ultrasound", "1.0.0", "Auspex", Uids.of("device|breast-ultrasound|1.0.0"));

    private static final Code MASS = Code.sct("4147007", "Mass");
    private static final Code BREAST = Code.sct("76752008", "Breast");

    private Findings() {}

    public static Draft draft(List<SourceFrame> source) {
        return new Draft(
                source, ALGORITHM, "breast-ultrasound 1.0.0", "seed-1", LocalDateTime.of(2026, 11, 28, 3, 4, 5));
    }

    /** An ellipse, in all frames but the first if there are several. */
    public static Raster probability(int frames) {
        return raster(frames, 5, 4, 3.2, 2.4);
    }

    /** A small one, in the last frame. */
    public static Raster other(int frames) {
        return raster(frames, 10, 8, 1.5, 1.5);
    }

    public static Segmented<Mask> lesion(int frames) {
        return new Segmented<>(segment(1), Mask.above(probability(frames), 0.5));
    }

    public static Segmented<Mask> second(int frames) {
        return new Segmented<>(segment(2), Mask.above(other(frames), 0.5));
    }

    public static Segment segment(int number) {
        return new Segment(
                "Lesion " + number,
                Segment.MORPHOLOGICALLY_ABNORMAL_STRUCTURE,
                MASS,
                Optional.of(BREAST),
                Tracking.of("seed-1", number, "Lesion " + number));
    }

    public static Measured measured(List<SourceFrame> source) {
        var probability = probability(source.size());
        var measurements = new ArrayList<>(
                ExtentRange.of(probability, source).orElseThrow().measurements());
        measurements.add(new Measurement(Measurement.PROBABILITY_OF_CANCER, 23.4, Measurement.PERCENT));
        return new Measured(
                segment(1).tracking(),
                MASS,
                Optional.of(BREAST),
                measurements,
                List.of(
                        new Evaluation(
                                Code.dcm("111354", "Orientation"),
                                "parallel",
                                Optional.of(Code.dcm("111355", "Parallel"))),
                        new Evaluation(Code.dcm("111037", "Margins"), "not circumscribed", Optional.empty())));
    }

    private static Raster raster(int frames, double row, double column, double high, double wide) {
        var all = new ArrayList<float[]>();
        for (int f = 0; f < frames; f++) {
            var numbers = new float[Sources.ROWS * Sources.COLUMNS];
            for (int i = 0; i < numbers.length && (f > 0 || frames == 1); i++) {
                var y = (i / Sources.COLUMNS - row + 0.3 * f) / high;
                var x = (i % Sources.COLUMNS - column) / wide;
                numbers[i] = (float) Math.max(0, 1 - (x * x + y * y) / 2);
            }
            all.add(numbers);
        }
        return new Raster(Sources.ROWS, Sources.COLUMNS, all);
    }
}
