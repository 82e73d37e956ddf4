package org.auspex.imaging.measures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.report.Measurement;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;

/**
 * How large a finding is, and how far that depends on pixels that are unsure: measured where the probability is above one half,
 * and again where it is above three quarters and above one quarter. This is no confidence interval: it tells what the network is
 * unsure of, and not whether it is right.
 *
 * @param extent above one half
 * @param least above three quarters; empty if no pixel is
 * @param most above one quarter
 */
public record ExtentRange(Extent extent, Optional<Extent> least, Extent most) {

    /**
     * Measures a map of probabilities.
     *
     * @return empty if no probability is above one half
     */
    public static Optional<ExtentRange> of(Raster probability, List<SourceFrame> source) {
        return Extent.of(Mask.above(probability, 0.5), source)
                .map(extent -> new ExtentRange(
                        extent,
                        Extent.of(Mask.above(probability, 0.75), source),
                        Extent.of(Mask.above(probability, 0.25), source).orElseThrow()));
    }

    /** As content of a report, with ranges. */
    public List<Measurement> measurements() {
        var measurements = new ArrayList<Measurement>();
        var more = most.measurements();
        var less = least.map(Extent::measurements);
        for (var measured : extent.measurements()) {
            var i = measurements.size();
            var low = less.map(of -> of.get(i).value()).orElse(0.0);
            measurements.add(new Measurement(
                    measured.concept(),
                    measured.value(),
                    measured.unit(),
                    Optional.of(new Measurement.Range(
                            off(measured.value() - low), off(more.get(i).value() - measured.value())))));
        }
        return List.copyOf(measurements);
    }

    /** The frame with most of it may be another, so that an axis may be longer where less is sure. */
    private static double off(double difference) {
        return Math.max(0, Math.rint(difference * 100) / 100);
    }
}
