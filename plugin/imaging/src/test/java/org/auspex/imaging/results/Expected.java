package org.auspex.imaging.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.Plane;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.imaging.results.segmentation.Segmented;

/** The lines that read_back.py must print, made from the source and what was found in it. */
final class Expected {

    private static final int PIXELS = Sources.ROWS * Sources.COLUMNS;

    private Expected() {}

    static String masks(List<SourceFrame> source, List<Segmented<Mask>> segments, boolean numbered) {
        var lines = new ArrayList<String>();
        for (int s = 0; s < segments.size(); s++) {
            var mask = segments.get(s).pixels();
            for (var f : bySlice(source)) {
                if (mask.pixels(f) > 0) {
                    lines.add(line(
                            numbered ? s + 1 : 0,
                            source.get(f),
                            i -> mask.frame(f).get(i) ? 1 : 0));
                }
            }
        }
        return String.join("\n", lines);
    }

    static String levels(List<SourceFrame> source, Raster raster) {
        return bySlice(source).stream()
                .filter(f -> source.size() == 1 || f > 0)
                .map(f -> line(1, source.get(f), i -> Math.round(raster.frames().get(f)[i] * 255)))
                .collect(Collectors.joining("\n"));
    }

    static String numbers(List<SourceFrame> source, Raster raster) {
        return bySlice(source).stream()
                .map(f -> line(0, source.get(f), i -> raster.frames().get(f)[i]))
                .collect(Collectors.joining("\n"));
    }

    static String report(List<SourceFrame> source) {
        return Findings.measured(source).measurements().stream()
                .map(m -> "%s %s %s"
                        .formatted(
                                m.concept().meaning(),
                                new java.math.BigDecimal(String.valueOf(m.value()))
                                        .stripTrailingZeros()
                                        .toPlainString(),
                                m.unit().value()))
                .collect(Collectors.joining("\n"));
    }

    /** The slices of the flipped study come from the head down, and are written from its back to its front. */
    private static List<Integer> bySlice(List<SourceFrame> source) {
        var order = new ArrayList<>(IntStream.range(0, source.size()).boxed().toList());
        if (source.get(0)
                .plane()
                .map(Plane::along)
                .filter(along -> along.get(0) == -1)
                .isPresent()) {
            java.util.Collections.reverse(order);
        }
        return order;
    }

    private static String line(int segment, SourceFrame frame, IntToDoubleFunction pixel) {
        var sum = IntStream.range(0, PIXELS).mapToDouble(pixel).sum();
        var placed = IntStream.range(0, PIXELS)
                .mapToDouble(i -> pixel.applyAsDouble(i) * (i + 1))
                .sum();
        var spacing = frame.spacing().map(s -> List.of(s.betweenRows(), s.betweenColumns()));
        return String.format(
                Locale.ROOT,
                "%d %s %d %s %s %s %.3f %.2f",
                segment,
                frame.object().string(Tags.SOP_INSTANCE_UID).orElseThrow(),
                frame.number(),
                frame.plane().map(plane -> text(plane.position())).orElse("-"),
                frame.plane().map(plane -> text(plane.along())).orElse("-"),
                spacing.map(Expected::text).orElse("-"),
                sum,
                placed);
    }

    private static String text(List<Double> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%.4f", number))
                .collect(Collectors.joining("/"));
    }
}
