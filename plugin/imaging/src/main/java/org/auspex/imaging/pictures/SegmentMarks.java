package org.auspex.imaging.pictures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.reading.ReadSegment;
import org.auspex.imaging.results.reading.SegmentationReader;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.kernel.images.ImageRefused;

/** The segments of a Segmentation that count as labels: those that are asked for, and not drawn by a machine unless named. */
final class SegmentMarks {

    /** Above which a pixel of a fractional Segmentation belongs to its segment. */
    private static final double HALF = 0.5;

    private static final PixelReader PIXELS = new PixelReader(PixelLimits.DEFAULT);

    private final Dataset segmentation;
    private final List<Dataset> segments;
    private final Optional<String> wanted;

    /**
     * @param wanted a label or number
     * @param named whether it was asked for itself, so that it counts also if a machine drew it
     */
    SegmentMarks(Dataset segmentation, Optional<String> wanted, boolean named) {
        this.segmentation = segmentation;
        this.wanted = wanted;
        this.segments = segmentation.items(Tags.SEGMENT_SEQUENCE).stream()
                .filter(item ->
                        named || !item.string(Tags.SEGMENT_ALGORITHM_TYPE).equals(Optional.of("AUTOMATIC")))
                .toList();
    }

    boolean isLabel() {
        return !segments.isEmpty();
    }

    /**
     * The marks on images, by their UIDs.
     *
     * @throws ImageRefused if nothing is marked, or it is not said which of several segments is meant
     */
    Map<String, Mask> onto(List<DicomObject> images) throws IOException {
        var sources = new ArrayList<SourceFrame>();
        for (var image : images) {
            var frames = PIXELS.open(image);
            if (frames.count() != 1) {
                throw new ImageRefused("image %s is a loop of %d frames; mark single images"
                        .formatted(StudyLabels.uid(image.dataset()), frames.count()));
            }
            sources.add(frames.source(1));
        }
        if (sources.stream()
                        .map(source -> List.of(source.rows(), source.columns()))
                        .distinct()
                        .count()
                > 1) {
            throw new ImageRefused("Segmentation %s is about images of different sizes; make one for each image"
                    .formatted(StudyLabels.uid(segmentation)));
        }
        var numbers = numbers();
        var read = new SegmentationReader(sources, HALF)
                .read(segmentation).stream()
                        .filter(segment -> numbers.contains(segment.number()))
                        .toList();
        return byImage(sources, read);
    }

    private Set<Integer> numbers() {
        var fitting = segments.stream().filter(this::isWanted).toList();
        var labels = fitting.stream().map(SegmentMarks::label).collect(Collectors.toCollection(TreeSet::new));
        if (fitting.isEmpty() || labels.size() > 1) {
            throw new ImageRefused("Segmentation %s has the segments %s; name one of them in segment"
                    .formatted(
                            StudyLabels.uid(segmentation),
                            segments.stream()
                                    .map(item -> "%d '%s'".formatted(number(item), label(item)))
                                    .toList()));
        }
        return fitting.stream().map(SegmentMarks::number).collect(Collectors.toSet());
    }

    private boolean isWanted(Dataset item) {
        return wanted.isEmpty()
                || wanted.get().equalsIgnoreCase(label(item))
                || wanted.get().equals(String.valueOf(number(item)));
    }

    private static int number(Dataset item) {
        return item.integer(Tags.SEGMENT_NUMBER).orElse(0);
    }

    private static String label(Dataset item) {
        return item.string(Tags.SEGMENT_LABEL).orElse("");
    }

    private Map<String, Mask> byImage(List<SourceFrame> sources, List<ReadSegment> read) {
        var marks = new LinkedHashMap<String, Mask>();
        for (int i = 0; i < sources.size(); i++) {
            var pixels = new BitSet();
            for (var segment : read) {
                pixels.or(segment.mask().bits(i));
            }
            var source = sources.get(i);
            if (!pixels.isEmpty()) {
                marks.put(StudyLabels.uid(source.object()), new Mask(source.rows(), source.columns(), List.of(pixels)));
            }
        }
        if (marks.isEmpty()) {
            throw new ImageRefused("the mask of Segmentation %s is empty".formatted(StudyLabels.uid(segmentation)));
        }
        return marks;
    }
}
