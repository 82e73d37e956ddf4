package org.auspex.imaging.pixels;

import java.util.Comparator;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.kernel.images.Affine;
import org.auspex.kernel.images.ImageRefused;

/** Slices in the order in which they lie, all of one shape and direction, each as far from the next as any other. */
final class Stack {

    /** How much directions may differ by rounding, and spacings in proportion. */
    private static final double ROUNDED = 1e-3;

    /** How much of a step a slice may be off, and how many millimetres. */
    private static final double PART = 0.01;

    private static final double MILLIMETRES = 0.01;

    private final List<Slice> slices;
    private final double[] step;

    private Stack(List<Slice> slices, double[] step) {
        this.slices = slices;
        this.step = step;
    }

    /** @throws DicomRefused if they are none */
    static Stack of(List<Slice> slices) {
        var first = slices.get(0);
        slices.forEach(slice -> requireAlike(first, slice));
        var sorted = slices.stream()
                .sorted(Comparator.comparingDouble(Slice::height))
                .toList();
        var stack = new Stack(sorted, step(sorted));
        stack.requireApart();
        stack.requireEven();
        return stack;
    }

    List<Slice> slices() {
        return slices;
    }

    private static void requireAlike(Slice first, Slice other) {
        var same = first.source().rows() == other.source().rows()
                && first.source().columns() == other.source().columns()
                && isNear(first.plane().along(), other.plane().along(), 1)
                && isNear(
                        first.plane().spacing(),
                        other.plane().spacing(),
                        first.plane().spacing().get(0));
        if (!same) {
            throw new DicomRefused(
                    ("Not all frames have the same size, direction and spacing: one is %s, another %s; choose"
                                    + " those of one acquisition")
                            .formatted(described(first), described(other)));
        }
    }

    private static String described(Slice slice) {
        return "%dx%d along %s by %s mm"
                .formatted(
                        slice.source().columns(),
                        slice.source().rows(),
                        slice.plane().along(),
                        slice.plane().spacing());
    }

    private static boolean isNear(List<Double> first, List<Double> other, double scale) {
        for (int i = 0; i < first.size(); i++) {
            if (Math.abs(first.get(i) - other.get(i)) > ROUNDED * scale) {
                return false;
            }
        }
        return true;
    }

    /** From one slice to the next; of a single one, through its thickness. */
    private static double[] step(List<Slice> slices) {
        var first = slices.get(0);
        if (slices.size() == 1) {
            var normal = first.normal();
            double thickness = thickness(first.source());
            return new double[] {normal[0] * thickness, normal[1] * thickness, normal[2] * thickness};
        }
        var last = slices.get(slices.size() - 1);
        var step = new double[3];
        for (int i = 0; i < 3; i++) {
            step[i] = (last.plane().position().get(i) - first.plane().position().get(i)) / (slices.size() - 1);
        }
        return step;
    }

    private static double thickness(SourceFrame source) {
        Dataset holder = new FunctionalGroups(source.object()).holder(source.number(), Tags.PIXEL_MEASURES_SEQUENCE);
        return holder.number(Tags.SLICE_THICKNESS)
                .filter(millimetres -> millimetres > 0)
                .orElse(1.0);
    }

    private void requireApart() {
        for (int i = 1; i < slices.size(); i++) {
            if (gap(i) < MILLIMETRES) {
                throw new DicomRefused(
                        ("Slices %d and %d of %d lie at the same place, %.2f mm apart; the series holds more than one"
                                        + " pass: choose one")
                                .formatted(i, i + 1, slices.size(), gap(i)));
            }
        }
    }

    private void requireEven() {
        double length = Math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
        for (int i = 1; i < slices.size(); i++) {
            if (distanceFromLine(i) > Math.max(MILLIMETRES, PART * length)) {
                throw new DicomRefused(
                        ("Slices are not evenly spaced: between slices %d and %d of %d there are %.2f mm, on average"
                                        + " %.2f; send those that are missing")
                                .formatted(i, i + 1, slices.size(), gap(i), length));
            }
        }
    }

    private double gap(int index) {
        return slices.get(index).height() - slices.get(index - 1).height();
    }

    private double distanceFromLine(int index) {
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            double expected = slices.get(0).plane().position().get(i) + index * step[i];
            squares += Math.pow(slices.get(index).plane().position().get(i) - expected, 2);
        }
        return Math.sqrt(squares);
    }

    /** From column, row and slice to millimetres; DICOM's first two axes point the other way (LPS to RAS+). */
    Affine affine() {
        var plane = slices.get(0).plane();
        var numbers = new double[16];
        for (int i = 0; i < 3; i++) {
            int sign = i < 2 ? -1 : 1;
            numbers[4 * i] = sign * plane.along().get(i) * plane.spacing().get(1);
            numbers[4 * i + 1] =
                    sign * plane.along().get(i + 3) * plane.spacing().get(0);
            numbers[4 * i + 2] = sign * step[i];
            numbers[4 * i + 3] = sign * plane.position().get(i);
        }
        numbers[15] = 1;
        return affine(numbers);
    }

    /** @throws DicomRefused if the directions and spacings do not span space, such as those of a damaged object */
    static Affine affine(double... numbers) {
        try {
            return Affine.of(numbers);
        } catch (ImageRefused e) {
            throw new DicomRefused("The frames have no place in space: " + e.getMessage(), e);
        }
    }
}
