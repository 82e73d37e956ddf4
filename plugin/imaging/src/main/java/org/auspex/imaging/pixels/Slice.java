package org.auspex.imaging.pixels;

import org.auspex.imaging.dicom.DicomRefused;

/** A frame that has a place. */
record Slice(Frames frames, SourceFrame source, Plane plane) {

    static Slice of(Frames frames, int number) {
        var source = frames.source(number);
        return new Slice(
                frames,
                source,
                source.plane()
                        .orElseThrow(() -> new DicomRefused(
                                "Frame %d has no position, orientation or spacing, and so no place in a volume; read it as an image of its own"
                                        .formatted(number))));
    }

    /** Where the plane lies along its normal, in millimetres. */
    double height() {
        var normal = normal();
        return normal[0] * plane.position().get(0)
                + normal[1] * plane.position().get(1)
                + normal[2] * plane.position().get(2);
    }

    /** Across both directions of the plane. */
    double[] normal() {
        var along = plane.along();
        return new double[] {
            along.get(1) * along.get(5) - along.get(2) * along.get(4),
            along.get(2) * along.get(3) - along.get(0) * along.get(5),
            along.get(0) * along.get(4) - along.get(1) * along.get(3)
        };
    }
}
