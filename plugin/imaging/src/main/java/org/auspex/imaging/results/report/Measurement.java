package org.auspex.imaging.results.report;

import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.results.Code;

/**
 * A number that was measured, with its unit of UCUM.
 *
 * @param concept what was measured, such as an area
 * @param range how far off it may be, where that is known
 */
public record Measurement(Code concept, double value, Code unit, Optional<Range> range) {

    /** How much less and how much more it may be, in its unit; neither is negative. */
    public record Range(double less, double more) {}

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

    private static final Code LESS = Code.sct("371885007", "-, range of lower measurement uncertainty");
    private static final Code MORE = Code.sct("371886008", "+, range of upper measurement uncertainty");

    /** @throws IllegalArgumentException if the value is no number */
    public Measurement {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s measured as %s".formatted(concept.meaning(), value));
        }
    }

    public Measurement(Code concept, double value, Code unit) {
        this(concept, value, unit, Optional.empty());
    }

    Dataset item() {
        var item = Content.number("CONTAINS", concept, value, unit);
        range.ifPresent(off -> Content.with(
                item,
                Content.number("HAS PROPERTIES", LESS, off.less(), unit),
                Content.number("HAS PROPERTIES", MORE, off.more(), unit)));
        return item;
    }
}
