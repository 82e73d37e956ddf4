package org.auspex.imaging.pixels;

import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/**
 * Where the pixels of a slide lie on the glass (Slide Coordinate System, DICOM PS3.3, C.8.12.2.1).
 *
 * @param x of the first pixel, in millimetres
 * @param y of the first pixel, in millimetres
 * @param orientation direction of the rows and of the columns, three numbers each
 * @param spacing of pixels
 */
public record SlidePlace(double x, double y, List<Double> orientation, SourceFrame.Spacing spacing) {

    private static final int DIRECTIONS = 6;

    public SlidePlace {
        orientation = List.copyOf(orientation);
    }

    /** Empty if the object does not tell. */
    static Optional<SlidePlace> of(Dataset object, Optional<SourceFrame.Spacing> spacing) {
        var origin = object.item(Tags.TOTAL_PIXEL_MATRIX_ORIGIN_SEQUENCE);
        var x = origin.flatMap(item -> item.number(Tags.X_OFFSET_IN_SLIDE_COORDINATE_SYSTEM));
        var y = origin.flatMap(item -> item.number(Tags.Y_OFFSET_IN_SLIDE_COORDINATE_SYSTEM));
        var orientation = object.numbers(Tags.IMAGE_ORIENTATION_SLIDE);
        return x.isPresent() && y.isPresent() && spacing.isPresent() && orientation.size() == DIRECTIONS
                ? Optional.of(new SlidePlace(x.get(), y.get(), orientation, spacing.get()))
                : Optional.empty();
    }

    /** Millimetres along x and y of a place in the Total Pixel Matrix, both counted from 0. */
    public double[] millimetres(double column, double row) {
        var across = column * spacing.betweenColumns();
        var down = row * spacing.betweenRows();
        return new double[] {
            x + orientation.get(0) * across + orientation.get(3) * down,
            y + orientation.get(1) * across + orientation.get(4) * down
        };
    }
}
