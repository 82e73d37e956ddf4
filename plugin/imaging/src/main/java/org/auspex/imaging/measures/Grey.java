package org.auspex.imaging.measures;

import java.util.BitSet;

/** Grey in an area of an image. */
record Grey(float[] image) {

    /** 0 in an empty area. */
    double mean(BitSet area) {
        return area.stream().mapToDouble(i -> image[i]).average().orElse(0);
    }

    /** Standard deviation. */
    double spread(BitSet area) {
        var mean = mean(area);
        var variance = area.stream()
                .mapToDouble(i -> (image[i] - mean) * (image[i] - mean))
                .average()
                .orElse(0);
        return Math.sqrt(Math.max(variance, 1e-8));
    }
}
