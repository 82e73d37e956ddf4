package org.auspex.imaging.results.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.segmentation.Mask;

/**
 * Reads a Segmentation of any maker onto the grid of its source. A frame belongs to the frame of the source that it names, if both
 * lie on one grid; otherwise to those in the same plane, pixel by pixel at the nearest place, so that mirrored and turned frames
 * come out right. A frame in no plane of the source is refused: nothing is interpolated between slices.
 */
public final class SegmentationReader {

    private final List<SourceFrame> source;
    private final double probability;

    /** @param probability above which a pixel of a fractional Segmentation belongs to its segment */
    public SegmentationReader(List<SourceFrame> source, double probability) {
        this.source = List.copyOf(source);
        this.probability = probability;
    }

    /**
     * The segments, in the order of their numbers.
     *
     * @throws DicomRefused if it is no Segmentation, is damaged, or is about other images
     */
    public List<ReadSegment> read(Dataset object) throws IOException {
        var groups = FrameGroups.of(object);
        var stored = new StoredSegments(object, probability);
        var frames = new TreeMap<Integer, List<BitSet>>();
        for (var item : object.items(Tags.SEGMENT_SEQUENCE)) {
            frames.put(number(item), empty());
        }
        for (int i = 0; i < groups.size(); i++) {
            var numbers = stored.labelMap()
                    ? labels(object, frames)
                    : groups.get(i).segment().stream().toList();
            for (var number : numbers) {
                add(object, groups.get(i), stored.read(i, number), known(frames, number, i));
            }
        }
        return segments(object, frames);
    }

    /** The numbers that stand for a segment in a label map: not that of the background. */
    private static List<Integer> labels(Dataset object, Map<Integer, List<BitSet>> frames) {
        var background = object.integer(Tags.PIXEL_PADDING_VALUE).orElse(0);
        return frames.keySet().stream()
                .filter(number -> !background.equals(number))
                .toList();
    }

    private static List<BitSet> known(Map<Integer, List<BitSet>> frames, int number, int frame) {
        return Optional.ofNullable(frames.get(number))
                .orElseThrow(() -> new DicomRefused(
                        "Frame %d is about segment %d, which is not described".formatted(frame + 1, number)));
    }

    private void add(Dataset object, FrameGroups groups, BitSet pixels, List<BitSet> target) {
        if (pixels.isEmpty()) {
            return;
        }
        var rows = object.integer(Tags.ROWS).orElseThrow();
        var columns = object.integer(Tags.COLUMNS).orElseThrow();
        var named = named(object, groups).filter(i -> sameGrid(groups, rows, columns, source.get(i)));
        if (named.isPresent()) {
            target.get(named.get()).or(pixels);
            return;
        }
        var coplanar = coplanar(object, groups);
        if (coplanar.isEmpty()) {
            throw new DicomRefused("A frame of the Segmentation is about none of the frames of the source,"
                    + " neither by its references nor by its place; segment the source itself, on its own grid");
        }
        for (var i : coplanar) {
            var alignment = new Alignment(
                    groups.plane().orElseThrow(), source.get(i).plane().orElseThrow());
            target.get(i).or(alignment.moved(pixels, rows, columns, source.get(i)));
        }
    }

    /** The frame of the source that is named, if it is one: by the frame itself, or by the object if it is all there is. */
    private Optional<Integer> named(Dataset object, FrameGroups groups) {
        var references = groups.sources();
        if (references.isEmpty() && source.size() == 1) {
            references = object.items(Tags.REFERENCED_SERIES_SEQUENCE).stream()
                    .flatMap(series -> series.items(Tags.REFERENCED_INSTANCE_SEQUENCE).stream())
                    .toList();
        }
        var known = references;
        var named = IntStream.range(0, source.size())
                .filter(i -> known.stream().anyMatch(item -> names(item, source.get(i))))
                .boxed()
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    private static boolean names(Dataset item, SourceFrame frame) {
        var numbers = item.integers(Tags.REFERENCED_FRAME_NUMBER);
        return item.string(Tags.REFERENCED_SOP_INSTANCE_UID)
                        .equals(frame.object().string(Tags.SOP_INSTANCE_UID))
                && (numbers.isEmpty() || numbers.contains(frame.number()));
    }

    private static boolean sameGrid(FrameGroups groups, int rows, int columns, SourceFrame frame) {
        var placed = groups.plane()
                .flatMap(from -> frame.plane().map(to -> new Alignment(from, to).identical()))
                .orElse(true);
        return placed && rows == frame.rows() && columns == frame.columns();
    }

    private List<Integer> coplanar(Dataset object, FrameGroups groups) {
        var uid = object.string(Tags.FRAME_OF_REFERENCE_UID);
        return IntStream.range(0, source.size())
                .filter(i ->
                        uid.isPresent() && uid.equals(source.get(i).object().string(Tags.FRAME_OF_REFERENCE_UID)))
                .filter(i -> groups.plane()
                        .flatMap(from -> source.get(i).plane().map(to -> new Alignment(from, to).coplanar()))
                        .orElse(false))
                .boxed()
                .toList();
    }

    private List<BitSet> empty() {
        return source.stream().map(frame -> new BitSet()).toList();
    }

    private List<ReadSegment> segments(Dataset object, Map<Integer, List<BitSet>> frames) {
        var segments = new ArrayList<ReadSegment>();
        for (var item : object.items(Tags.SEGMENT_SEQUENCE)) {
            var number = number(item);
            segments.add(new ReadSegment(
                    number,
                    item.string(Tags.SEGMENT_LABEL).orElse("Segment " + number),
                    item.item(Tags.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).flatMap(Code::read),
                    item.string(Tags.TRACKING_UID),
                    new Mask(source.get(0).rows(), source.get(0).columns(), known(frames, number, 0))));
        }
        return List.copyOf(segments);
    }

    private static int number(Dataset item) {
        return item.integer(Tags.SEGMENT_NUMBER)
                .orElseThrow(() -> new DicomRefused("A segment of the Segmentation has no number"));
    }
}
