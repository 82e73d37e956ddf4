package org.auspex.imaging.pictures;

import java.util.List;
import java.util.Optional;
import org.auspex.imaging.measures.Descriptor;
import org.auspex.imaging.measures.Extent;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Tracking;
import org.auspex.imaging.results.report.Evaluation;
import org.auspex.imaging.results.report.Measured;
import org.auspex.imaging.results.report.Measurement;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.imaging.results.segmentation.Segment;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Sighting;

/**
 * One kind of thing that was looked for.
 *
 * @param mark the card's name of it
 * @param mask empty if it was not found
 * @param extent empty if it was not found
 * @param descriptors in words of BI-RADS; only for ultrasound of one frame
 */
record Finding(String mark, Segment segment, Mask mask, Optional<Extent> extent, List<Descriptor> descriptors) {

    private static final String SCT = "http://snomed.info/sct";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";

    Finding {
        descriptors = List.copyOf(descriptors);
    }

    /** @param number from 1, among the marks of the picture */
    static Finding of(ImageSeries image, Marking.Mark mark, String seed, int number) {
        var mask = Mask.above(Raster.of(mark.mask(), 0), 0.5);
        var extent = Extent.of(mask, image.slices());
        var segment = new Segment(
                mark.display(),
                Segment.MORPHOLOGICALLY_ABNORMAL_STRUCTURE,
                type(mark),
                Optional.empty(),
                Tracking.of(seed, number, mark.display()));
        return new Finding(
                mark.name(),
                segment,
                mask,
                extent,
                extent.isPresent() ? UltrasoundWords.of(image, mark.mask()) : List.of());
    }

    private static Code type(Marking.Mark mark) {
        return mark.code()
                .filter(code -> code.system().equals(SCT))
                .map(code -> Code.sct(code.code(), mark.display()))
                .orElseGet(() -> new Code(mark.name(), "99AUSPEX", mark.display()));
    }

    boolean isThere() {
        return extent.isPresent();
    }

    /** As content of a report; empty if it was not found. */
    Optional<Measured> measured() {
        return extent.map(size ->
                new Measured(segment.tracking(), segment.type(), Optional.empty(), size.measurements(), evaluations()));
    }

    private List<Evaluation> evaluations() {
        return descriptors.stream().map(Descriptor::evaluation).toList();
    }

    List<String> words() {
        return descriptors.stream().map(Descriptor::because).toList();
    }

    List<Sighting.Measure> measures() {
        return extent.stream()
                .flatMap(size -> size.measurements().stream())
                .map(this::measure)
                .toList();
    }

    private Sighting.Measure measure(Measurement measurement) {
        var concept = measurement.concept();
        return new Sighting.Measure(
                mark,
                new org.auspex.terminology.Code(concept.scheme().equals("SCT") ? SCT : DCM, concept.value()),
                concept.meaning(),
                measurement.value(),
                measurement.unit().value(),
                segment.tracking().uid());
    }
}
