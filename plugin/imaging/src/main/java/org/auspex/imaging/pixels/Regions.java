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
        boolean holds(int x, int y) {
            return x >= left && x <= right && y >= top && y <= bottom;
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
        for (int i = 0; i < values.length; i++) {
            int x = i % columns;
            int y = i / columns;
            masked[i] = boxes.stream().anyMatch(box -> box.holds(x, y)) ? values[i] : 0;
        }
        return masked;
    }
}
