package org.auspex.imaging.measures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.report.Measurement;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Places;

/**
 * How large a finding is in the frame where most of it is seen. Lengths are in millimetres where the image says its spacing,
 * otherwise in pixels.
 *
 * @param frame of the source, from 0
 * @param area square millimetres, or pixels
 * @param longAxis the greatest distance of two points of its edge, which runs half a pixel outside of the middle of its pixels
 * @param perpendicularAxis its extent at right angles to the long axis
 * @param volume cubic millimetres, where the frames are evenly spaced slices
 * @param millimetres whether the image says its spacing
 */
public record Extent(
        int frame,
        double area,
        double longAxis,
        double perpendicularAxis,
        Optional<Double> volume,
        boolean millimetres) {

    /**
     * Measures a mask.
     *
     * @return empty if it is empty
     */
    public static Optional<Extent> of(Mask mask, List<SourceFrame> source) {
        var most = IntStream.range(0, mask.frames())
                .reduce((a, b) -> mask.pixels(b) > mask.pixels(a) ? b : a)
                .orElseThrow();
        if (mask.pixels(most) == 0) {
            return Optional.empty();
        }
        var spacing = source.get(most).spacing();
        var row = spacing.map(SourceFrame.Spacing::betweenRows).orElse(1.0);
        var column = spacing.map(SourceFrame.Spacing::betweenColumns).orElse(1.0);
        var outline = Hull.of(edge(mask, most, row, column));
        var axis = outline.diameter();
        var volume = spacing.flatMap(
                known -> new Places(source).betweenSlices().map(distance -> mask.pixels() * row * column * distance));
        return Optional.of(new Extent(
                most,
                mask.pixels(most) * row * column,
                axis.length(),
                outline.across(axis),
                volume,
                spacing.isPresent()));
    }

    /** The points halfway to the neighbours of the pixels at both ends of each row; no other is a corner of the hull. */
    private static List<Hull.Point> edge(Mask mask, int frame, double row, double column) {
        var points = new ArrayList<Hull.Point>();
        var set = mask.bits(frame);
        var first = set.nextSetBit(0);
        while (first >= 0) {
            var line = first / mask.columns();
            var next = (line + 1) * mask.columns();
            for (var end : new int[] {first, set.previousSetBit(next - 1)}) {
                var x = end % mask.columns() * column;
                var y = line * row;
                points.add(new Hull.Point(x - column / 2, y));
                points.add(new Hull.Point(x + column / 2, y));
                points.add(new Hull.Point(x, y - row / 2));
                points.add(new Hull.Point(x, y + row / 2));
            }
            first = set.nextSetBit(next);
        }
        return points;
    }

    /** As content of a report. */
    public List<Measurement> measurements() {
        var length = millimetres ? Measurement.MILLIMETRE : Measurement.PIXELS;
        var measurements = new ArrayList<>(List.of(
                new Measurement(Measurement.LONG_AXIS, rounded(longAxis), length),
                new Measurement(Measurement.PERPENDICULAR_AXIS, rounded(perpendicularAxis), length),
                new Measurement(
                        Measurement.AREA,
                        rounded(area),
                        millimetres ? Measurement.SQUARE_MILLIMETRE : Measurement.PIXELS)));
        volume.ifPresent(cubic ->
                measurements.add(new Measurement(Measurement.VOLUME, rounded(cubic), Measurement.CUBIC_MILLIMETRE)));
        return List.copyOf(measurements);
    }

    /** To a hundredth: finer than any image is. */
    private static double rounded(double number) {
        return Math.rint(number * 100) / 100;
    }
}
