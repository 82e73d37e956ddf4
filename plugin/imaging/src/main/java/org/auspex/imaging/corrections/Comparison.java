package org.auspex.imaging.corrections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.reading.Agreement;
import org.auspex.imaging.results.reading.ReadSegment;
import org.auspex.imaging.results.reading.SegmentationReader;
import org.auspex.imaging.results.segmentation.Mask;

/** Lays what a person marked over what a model marked, on the grid of the images. */
final class Comparison {

    /** Probabilities are not compared, so that no threshold of them counts. */
    private static final double UNUSED = 0.5;

    private final SegmentationReader reader;

    Comparison(List<SourceFrame> source) {
        this.reader = new SegmentationReader(source, UNUSED);
    }

    /**
     * The agreement for each pair.
     *
     * @throws DicomRefused if one of them does not lie on the grid of the images, or they name different patients
     */
    Map<Pairs.Pair, Agreement> of(List<Dataset> model, Dataset person, List<Pairs.Pair> pairs) throws IOException {
        if (model.stream().anyMatch(object -> !patient(object).equals(patient(person)))) {
            throw new DicomRefused(
                    "The Segmentation names another patient than the images; correct it, and send it under a new UID");
        }
        var marked = new HashMap<String, Mask>();
        for (var object : model) {
            for (var segment : reader.read(object)) {
                marked.merge(kind(segment), segment.mask(), Mask::or);
            }
        }
        var corrected = reader.read(person);
        var agreements = new LinkedHashMap<Pairs.Pair, Agreement>();
        for (var pair : pairs) {
            agreements.put(
                    pair,
                    Agreement.of(
                            Optional.ofNullable(marked.get(pair.kind())).orElseThrow(), together(corrected, pair)));
        }
        return agreements;
    }

    private static Optional<String> patient(Dataset object) {
        return object.string(Tags.PATIENT_ID).map(String::strip);
    }

    private static Mask together(List<ReadSegment> segments, Pairs.Pair pair) {
        var masks = new ArrayList<Mask>();
        for (var segment : segments) {
            if (pair.numbers().contains(segment.number())) {
                masks.add(segment.mask());
            }
        }
        return masks.stream().reduce(Mask::or).orElseThrow();
    }

    private static String kind(ReadSegment segment) {
        return new Described.Part(segment.number(), segment.label(), segment.type(), segment.trackingUid(), true)
                .kind();
    }
}
