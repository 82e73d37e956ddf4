package org.auspex.imaging.pixels;

import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;

/**
 * A frame that something was found in.
 *
 * @param object the header of the object that it is part of; its pixels are not needed
 * @param number 1 to Number of Frames; 1 in an object without frames
 * @param rows pixels from top to bottom
 * @param columns pixels from left to right
 * @param plane where it lies in the patient; empty for what has no place, such as most ultrasound
 * @param spacing millimetres between rows and between columns where the object says so anywhere (also Imager Pixel Spacing or the
 *     ultrasound regions); empty = sizes can only be told in pixels
 */
public record SourceFrame(
        Dataset object, int number, int rows, int columns, Optional<Plane> plane, Optional<Spacing> spacing) {

    /** Millimetres between the middles of neighbouring rows, and of neighbouring columns. */
    public record Spacing(double betweenRows, double betweenColumns) {}
}
