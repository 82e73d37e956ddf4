package org.auspex.imaging.pictures;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.measures.Descriptor;
import org.auspex.imaging.measures.Descriptors;
import org.auspex.imaging.measures.Extent;
import org.auspex.imaging.measures.Lesion;
import org.auspex.imaging.pixels.ImageSeries;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Tracking;
import org.auspex.imaging.results.report.Evaluation;
import org.auspex.imaging.results.report.Measurement;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Raster;
import org.auspex.imaging.results.segmentation.Segment;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Resize;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Trail;
import org.auspex.kernel.images.Volume;

/**
 * One thing that was marked and is there.
 *
 * @param mark the card's name of it
 * @param descriptors in words of BI-RADS; only for ultrasound of one frame
 */
record Finding(String mark, Segment segment, Mask mask, Extent extent, List<Descriptor> descriptors) {

    private static final String SCT = "http://snomed.info/sct";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";

    /** What the words are defined for: pixels on the longer side. */
    private static final int SIDE = 160;

    Finding {
        descriptors = List.copyOf(descriptors);
    }

    /** Empty if nothing was marked. */
    static Optional<Finding> of(ImageSeries image, Marking.Mark mark, String seed, int number) {
        var mask = Mask.above(Raster.of(mark.mask(), 0), 0.5);
        return Extent.of(mask, image.slices()).map(extent -> {
            var segment = new Segment(
                    mark.display(),
                    Segment.MORPHOLOGICALLY_ABNORMAL_STRUCTURE,
                    type(mark),
                    Optional.empty(),
                    Tracking.of(seed, number, mark.display()));
            return new Finding(mark.name(), segment, mask, extent, descriptors(image, mark.mask()));
        });
    }

    private static Code type(Marking.Mark mark) {
        return mark.code()
                .filter(code -> code.system().equals(SCT))
                .map(code -> Code.sct(code.code(), mark.display()))
                .orElseGet(() -> new Code(mark.name(), "99AUSPEX", mark.display()));
    }

    private static List<Descriptor> descriptors(ImageSeries image, Volume mask) {
        var modality = image.slices().get(0).object().string(Tags.MODALITY);
        if (!modality.equals(Optional.of("US")) || image.slices().size() > 1) {
            return List.of();
        }
        var grey = Raster.of(new Resize(List.of(SIDE), true, Resize.Mode.AREA).apply(image.volume(), new Trail()), 0);
        var small = Raster.of(new Resize(List.of(SIDE), true, Resize.Mode.NEAREST_EXACT).apply(mask, new Trail()), 0);
        var inside = Mask.above(small, 0.5).frame(0);
        if (inside.isEmpty()) {
            return List.of();
        }
        var valid = new BitSet();
        valid.set(0, grey.rows() * grey.columns());
        return Descriptors.of(
                new Lesion(grey.rows(), grey.columns(), zeroToOne(grey.frames().get(0)), inside, valid));
    }

    private static float[] zeroToOne(float[] numbers) {
        float high = 255;
        for (var number : numbers) {
            high = Math.max(high, number);
        }
        var scaled = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            scaled[i] = Math.max(0, numbers[i] / high);
        }
        return scaled;
    }

    List<Evaluation> evaluations() {
        return descriptors.stream().map(Descriptor::evaluation).toList();
    }

    List<String> words() {
        return descriptors.stream().map(Descriptor::because).toList();
    }

    List<Sighting.Measure> measures() {
        return extent.measurements().stream().map(this::measure).toList();
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
