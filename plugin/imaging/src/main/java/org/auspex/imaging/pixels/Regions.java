package org.auspex.imaging.pixels;

import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/**
 * Where an ultrasound image shows tissue (US Region Calibration Module, DICOM PS3.3, C.8.5.5). Around it scanners write names, dates
 * and settings, which are no evidence and nobody else's business.
 */
record Regions(List<Box> boxes) {

    private static final int TISSUE = 1;

    Regions {
        boxes = List.copyOf(boxes);
    }

    /** Both ends belong to it. */
    record Box(int left, int top, int right, int bottom) {
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
    static Regions of(Dataset object) {
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
