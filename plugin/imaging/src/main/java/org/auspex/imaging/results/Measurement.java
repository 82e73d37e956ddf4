package org.auspex.imaging.results;

import org.auspex.imaging.dicom.Dataset;

/**
 * A number that was measured, with its unit of UCUM.
 *
 * @param concept what was measured, such as an area
 */
public record Measurement(Code concept, double value, Code unit) {

    public static final Code MILLIMETRE = Code.ucum("mm", "millimeter");
    public static final Code SQUARE_MILLIMETRE = Code.ucum("mm2", "square millimeter");
    public static final Code CUBIC_MILLIMETRE = Code.ucum("mm3", "cubic millimeter");

    /** Lengths where the image says no spacing. */
    public static final Code PIXELS = Code.ucum("{pixels}", "pixels");

    public static final Code PERCENT = Code.ucum("%", "percent");

    public static final Code AREA = Code.sct("42798000", "Area");
    public static final Code VOLUME = Code.sct("118565006", "Volume");
    public static final Code LONG_AXIS = Code.sct("103339001", "Long axis");
    public static final Code PERPENDICULAR_AXIS = Code.sct("131189007", "Perpendicular Axis");
    public static final Code PROBABILITY_OF_CANCER = Code.dcm("111047", "Probability of cancer");

    /** @throws IllegalArgumentException if the value is no number */
    public Measurement {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s measured as %s".formatted(concept.meaning(), value));
        }
    }

    Dataset item() {
        return Content.number(concept, value, unit);
    }
}
