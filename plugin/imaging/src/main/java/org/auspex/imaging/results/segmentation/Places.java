package org.auspex.imaging.results.segmentation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.pixels.Plane;
import org.auspex.imaging.pixels.SourceFrame;

/**
 * Where the frames of the source lie, for the functional groups of what is made of them. Orientation and spacing are said once if
 * all frames share them. Frames that have no place in the patient, as in most ultrasound, have only their order, and spacing where
 * they tell it: what they are derived from says the rest.
 */
public final class Places {

    private static final double SAME_PLACE = 1e-4;

    private final List<SourceFrame> source;
    private final boolean placed;
    private final boolean shared;
    private final List<Integer> order;
    private final int[] ranks;

    public Places(List<SourceFrame> source) {
        this.source = source;
        this.placed = frameOfReference().isPresent();
        this.shared = source.stream().map(this::geometry).distinct().count() == 1;
        this.order = IntStream.range(0, source.size())
                .boxed()
                .sorted(Comparator.comparingDouble(placed ? this::height : i -> i))
                .toList();
        this.ranks = new int[source.size()];
        for (int i = 1; i < order.size(); i++) {
            var step = placed ? height(order.get(i)) - height(order.get(i - 1)) : 1;
            ranks[order.get(i)] = ranks[order.get(i - 1)] + (step > SAME_PLACE ? 1 : 0);
        }
    }

    /** The frames of the source from slice to slice. */
    List<Integer> order() {
        return order;
    }

    /** The Frame of Reference that all frames share and have a place in. */
    Optional<String> frameOfReference() {
        var uids = source.stream()
                .map(frame -> frame.plane().flatMap(plane -> frame.object().string(Tags.FRAME_OF_REFERENCE_UID)))
                .distinct()
                .toList();
        return uids.size() == 1 ? uids.get(0) : Optional.empty();
    }

    boolean placed() {
        return placed;
    }

    /** From 1: which slice a frame is in. */
    long slice(int frame) {
        return ranks[frame] + 1L;
    }

    /** Adds to the groups that all frames share what they do share. */
    void share(Dataset groups) {
        if (shared) {
            describe(groups, 0);
        }
    }

    /** Adds to the groups of one frame where it lies. */
    void place(Dataset groups, int frame) {
        if (!shared) {
            describe(groups, frame);
        }
        if (placed) {
            groups.set(
                    Tags.PLANE_POSITION_SEQUENCE,
                    new Dataset()
                            .set(
                                    Tags.IMAGE_POSITION_PATIENT,
                                    Vr.DS,
                                    array(plane(frame).position())));
        }
    }

    private void describe(Dataset groups, int frame) {
        spacing(frame).ifPresent(spacing -> groups.set(Tags.PIXEL_MEASURES_SEQUENCE, measures(spacing)));
        if (placed) {
            groups.set(
                    Tags.PLANE_ORIENTATION_SEQUENCE,
                    new Dataset()
                            .set(
                                    Tags.IMAGE_ORIENTATION_PATIENT,
                                    Vr.DS,
                                    array(plane(frame).along())));
        }
    }

    private Dataset measures(List<Double> spacing) {
        var measures = new Dataset().set(Tags.PIXEL_SPACING, Vr.DS, array(spacing));
        betweenSlices().ifPresent(distance -> measures.set(Tags.SPACING_BETWEEN_SLICES, Vr.DS, distance));
        var thickness = source.get(0).object().number(Tags.SLICE_THICKNESS).or(this::betweenSlices);
        thickness.ifPresent(distance -> measures.set(Tags.SLICE_THICKNESS, Vr.DS, distance));
        return measures;
    }

    /** The distance of neighbouring slices, if all have the same within a hundredth of it. */
    public Optional<Double> betweenSlices() {
        var slices = ranks[order.get(order.size() - 1)];
        if (!placed || !shared || slices == 0) {
            return Optional.empty();
        }
        var distance = (height(order.get(order.size() - 1)) - height(order.get(0))) / slices;
        var even = order.stream()
                .allMatch(i -> Math.abs(height(i) - height(order.get(0)) - ranks[i] * distance) < distance / 100);
        return even ? Optional.of(rounded(distance)) : Optional.empty();
    }

    private Optional<List<Double>> spacing(int frame) {
        return placed
                ? Optional.of(plane(frame).spacing())
                : source.get(frame).spacing().map(s -> List.of(s.betweenRows(), s.betweenColumns()));
    }

    private List<Object> geometry(SourceFrame frame) {
        return placed
                ? List.of(
                        frame.plane().orElseThrow().along(),
                        frame.plane().orElseThrow().spacing())
                : List.of(frame.spacing());
    }

    /** Along the normal of the first frame, in millimetres. */
    private double height(int frame) {
        var along = plane(0).along();
        var position = plane(frame).position();
        double height = 0;
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            height += position.get(i) * (along.get(j) * along.get(3 + k) - along.get(k) * along.get(3 + j));
        }
        return height;
    }

    private Plane plane(int frame) {
        return source.get(frame).plane().orElseThrow();
    }

    private static double rounded(double millimetres) {
        return Math.rint(millimetres * 1e6) / 1e6;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
