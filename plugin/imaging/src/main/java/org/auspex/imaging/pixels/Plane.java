package org.auspex.imaging.pixels;

import java.util.List;

/**
 * Where a frame lies in the patient (DICOM PS3.3, C.7.6.2), in millimetres of DICOM's axes: to the left, to the back, to the
 * head.
 *
 * @param position of the middle of the first pixel (Image Position (Patient)), 3 numbers
 * @param along six numbers of Image Orientation (Patient): the direction in which columns count up, then that in which rows do
 * @param spacing millimetres between rows, then between columns (Pixel Spacing)
 */
public record Plane(List<Double> position, List<Double> along, List<Double> spacing) {
    public Plane {
        position = List.copyOf(position);
        along = List.copyOf(along);
        spacing = List.copyOf(spacing);
    }
}
