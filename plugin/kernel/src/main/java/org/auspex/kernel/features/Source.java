package org.auspex.kernel.features;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.images.FrameSampling;
import org.auspex.terminology.Substance;

/**
 * One place in the record where an input's value can stand.
 *
 * @param from the resources that carry it
 * @param value FHIRPath on the matched element, or the name of a derived value ({@code age}, {@link #IMAGE}, {@link #VOLUME}, {@link #SLIDE},
 *     {@link #WORDS}, {@link #FACT}, {@link #FACTS}, {@link #ECG_RATE} and its kin)
 * @param unit UCUM unit the value is converted to; empty for categories
 * @param range plausible values in that unit
 * @param substance the substance whose molar mass converts between mass and moles; empty = no such conversion
 * @param above turns the number into yes or no: yes when it is above this, in that unit
 * @param frames of images: which frames of a loop
 * @param fact of a document: the thing that is looked for, by its name in the vocabulary or as {@code system|code}
 */
public record Source(
        Criteria from,
        String value,
        Optional<String> unit,
        Optional<Range> range,
        Optional<Substance> substance,
        Optional<Double> above,
        FrameSampling frames,
        Optional<String> fact) {

    /** The value that means each image of a study by itself. */
    public static final String IMAGE = "image";

    /** The value that means the slices of a series as one. */
    public static final String VOLUME = "volume";

    /** The value that means a whole slide, of which tiles are looked at. */
    public static final String SLIDE = "slide";

    /** The value that means the words of a report about the study that is asked about. */
    public static final String WORDS = "words";

    /** The value that means what a document says, sentence by sentence. */
    public static final String TEXT = "text";

    /** The value that means how fast the heart beats in a lead of an ECG. */
    public static final String ECG_RATE = "ecg.rate";

    /** The value that means how irregularly it beats. */
    public static final String ECG_IRREGULARITY = "ecg.irregularity";

    /** The value that means how far the two can be believed. */
    public static final String ECG_QUALITY = "ecg.quality";

    /** Whatever is measured in an ECG. */
    public static final List<String> ECG = List.of(ECG_RATE, ECG_IRREGULARITY, ECG_QUALITY);

    /** The value that means what a document states of the thing that {@code fact} names. */
    public static final String FACT = "fact";

    /** The value that means everything that a document names. */
    public static final String FACTS = "facts";

    private static final Optional<String> PERCENT = Optional.of("%");

    /** A place that is no loop of images. */
    public Source(
            Criteria from,
            String value,
            Optional<String> unit,
            Optional<Range> range,
            Optional<Substance> substance,
            Optional<Double> above) {
        this(from, value, unit, range, substance, above, FrameSampling.USUAL, Optional.empty());
    }

    /** Whether images are looked at. */
    public boolean isOfImages() {
        return from.resourceType().equals("ImagingStudy")
                && (value.equals(IMAGE) || value.equals(VOLUME) || value.equals(SLIDE));
    }

    /** Whether they are slides. */
    public boolean isOfSlides() {
        return isOfImages() && value.equals(SLIDE);
    }

    /** Whether the card's words are looked for in a report. */
    public boolean isOfWords() {
        return from.resourceType().equals("DiagnosticReport") && value.equals(WORDS);
    }

    /** Whether a document is read for everything that it names. */
    public boolean isOfFacts() {
        return value.equals(FACTS);
    }

    /** Whether all that a document says is read. */
    public boolean isOfText() {
        return value.equals(TEXT)
                && (from.resourceType().equals("DocumentReference")
                        || from.resourceType().equals("DiagnosticReport"));
    }

    /** Whether something is measured in an ECG. */
    public boolean isOfEcg() {
        return from.resourceType().equals("Observation") && ECG.contains(value);
    }

    /** Why a number in the source's unit is no plausible value, in words; empty when it is one. */
    public Optional<String> implausible(BigDecimal number) {
        return range.filter(plausible -> !plausible.contains(number.doubleValue()))
                .map(plausible -> "%s is outside of the plausible range %s; %s"
                        .formatted(shown(number), plausible, remedy(number, plausible)));
    }

    private String shown(BigDecimal number) {
        return "%s %s".formatted(number.toPlainString(), unit.orElse("")).strip();
    }

    /** A saturation of 0.97 was meant as 97 %. */
    private String remedy(BigDecimal number, Range plausible) {
        var percent = number.movePointRight(2);
        return unit.equals(PERCENT) && number.doubleValue() <= 1 && plausible.contains(percent.doubleValue())
                ? "it looks like a fraction: send %s with the unit %%, or %s with the unit 1"
                        .formatted(percent.stripTrailingZeros().toPlainString(), number.toPlainString())
                : "correct the value or its unit";
    }
}
