package org.auspex.imaging.pixels;

import java.util.BitSet;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/**
 * Where an ultrasound image shows tissue (US Region Calibration Module, DICOM PS3.3, C.8.5.5). Around it scanners write names, dates
 * and settings, which are no evidence and nobody else's business.
 */
public record Regions(List<Box> boxes) {

    private static final int TISSUE = 1;

    public Regions {
        boxes = List.copyOf(boxes);
    }

    /** Both ends belong to it. */
    public record Box(int left, int top, int right, int bottom) {
        void copy(float[] from, float[] into, int columns) {
            int first = Math.max(0, left);
            int count = Math.min(right, columns - 1) - first + 1;
            int last = Math.min(bottom, from.length / columns - 1);
            for (int y = Math.max(0, top); count > 0 && y <= last; y++) {
                System.arraycopy(from, y * columns + first, into, y * columns + first, count);
            }
        }
    }

    /** Regions of tissue, or, if there are none, of whatever else. */
    public static Regions of(Dataset object) {
        var regions = object.items(Tags.SEQUENCE_OF_ULTRASOUND_REGIONS);
        var tissue = regions.stream()
                .filter(region -> region.integer(Tags.REGION_SPATIAL_FORMAT).orElse(0) == TISSUE)
                .toList();
        return new Regions((tissue.isEmpty() ? regions : tissue)
                .stream().filter(Regions::hasCorners).map(Regions::box).toList());
    }

    private static boolean hasCorners(Dataset region) {
        return region.integer(Tags.REGION_LOCATION_MIN_X0).isPresent()
                && region.integer(Tags.REGION_LOCATION_MIN_Y0).isPresent()
                && region.integer(Tags.REGION_LOCATION_MAX_X1).isPresent()
                && region.integer(Tags.REGION_LOCATION_MAX_Y1).isPresent();
    }

    private static Box box(Dataset region) {
        return new Box(
                region.integer(Tags.REGION_LOCATION_MIN_X0).orElseThrow(),
                region.integer(Tags.REGION_LOCATION_MIN_Y0).orElseThrow(),
                region.integer(Tags.REGION_LOCATION_MAX_X1).orElseThrow(),
                region.integer(Tags.REGION_LOCATION_MAX_Y1).orElseThrow());
    }

    /** The pixels within them, counted row by row; all if no region is known. */
    public BitSet pixels(int rows, int columns) {
        var shown = new BitSet(rows * columns);
        if (boxes.isEmpty()) {
            shown.set(0, rows * columns);
        }
        for (var box : boxes) {
            int first = Math.min(Math.max(box.left(), 0), columns);
            int end = Math.min(Math.max(box.right() + 1, first), columns);
            for (int y = Math.max(0, box.top()); y <= Math.min(box.bottom(), rows - 1); y++) {
                shown.set(y * columns + first, y * columns + end);
            }
        }
        return shown;
    }

    /** Zeros outside; everything if no region is known. */
    float[] masked(float[] values, int columns) {
        if (boxes.isEmpty()) {
            return values;
        }
        var masked = new float[values.length];
        boxes.forEach(box -> box.copy(values, masked, columns));
        return masked;
    }
}
