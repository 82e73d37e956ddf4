package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Header;
import org.auspex.imaging.results.Kind;
import org.auspex.imaging.results.Words;
import org.auspex.imaging.results.segmentation.MultiFrame.Frame;

/**
 * Masks and probabilities as Segmentations (PS3.3, A.51), on the grid of the source, pixel for pixel. Frames without a pixel of
 * their segment are left out; if there is no pixel at all, one empty frame is written, since an image must have one.
 */
public final class Segmentations {

    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    private static final int MOST_IN_A_BYTE = 255;
    private static final int MOST_IN_A_WORD = 65_535;

    private Segmentations() {}

    /** One bit a pixel: what viewers read. Segments may overlap. */
    public static DicomObject binary(Draft draft, List<Segmented<Mask>> segments) {
        require(draft, segments);
        var image = new MultiFrame(draft);
        var frames = frames(
                image.order(), segments, (mask, source) -> !mask.bits(source).isEmpty());
        var pixels = draft.rows() * draft.columns();
        var bits = new Bits(frames.size(), pixels);
        for (int i = 0; i < frames.size(); i++) {
            var frame = frames.get(i);
            bits.write(i, pixels, segments.get(frame.segment() - 1).pixels().bits(frame.source()));
        }
        var dataset = common(draft, Kind.SEGMENTATION, segments)
                .set(Tags.SEGMENTATION_TYPE, Vr.CS, "BINARY")
                .set(Tags.SEGMENTS_OVERLAP, Vr.CS, overlap(segments) ? "YES" : "NO")
                .set(Tags.PIXEL_DATA, Vr.OB, bits.bytes());
        depth(dataset, 1);
        return finished(image, dataset, frames);
    }

    /**
     * The number of the segment in each pixel, 0 = none: small and quick to read where there are many segments, for the viewers
     * that know it (Label Map Segmentation, DICOM 2024d).
     *
     * @throws IllegalArgumentException if segments overlap
     */
    public static DicomObject labelMap(Draft draft, List<Segmented<Mask>> segments) {
        require(draft, segments);
        if (overlap(segments)) {
            throw new IllegalArgumentException(
                    "Segments overlap, and a pixel of a label map has one; write them as BINARY");
        }
        if (segments.size() > MOST_IN_A_WORD) {
            throw new IllegalArgumentException("%d segments do not fit in a label map".formatted(segments.size()));
        }
        var image = new MultiFrame(draft);
        var frames = image.order().stream()
                .filter(source -> segments.stream()
                        .anyMatch(segment -> !segment.pixels().bits(source).isEmpty()))
                .map(source -> new Frame(0, source))
                .toList();
        var written = frames.isEmpty() ? List.of(new Frame(0, image.order().get(0))) : frames;
        var wide = segments.size() > MOST_IN_A_BYTE;
        var dataset = common(draft, Kind.LABEL_MAP, segments)
                .set(Tags.SEGMENTATION_TYPE, Vr.CS, "LABELMAP")
                .set(Tags.PIXEL_PADDING_VALUE, Vr.US, 0L)
                .set(Tags.PIXEL_DATA, wide ? Vr.OW : Vr.OB, Labels.write(segments, written, wide));
        depth(dataset, wide ? 16 : 8);
        return finished(image, dataset, written);
    }

    /** Probabilities from 0 to 1 in steps of 1/255. */
    public static DicomObject probabilities(Draft draft, List<Segmented<Raster>> segments) {
        segments.forEach(segment -> draft.require(
                segment.pixels().frames().size(),
                segment.pixels().rows(),
                segment.pixels().columns()));
        var levels = segments.stream()
                .map(segment -> new Segmented<>(segment.segment(), Levels.of(segment.pixels())))
                .toList();
        var image = new MultiFrame(draft);
        var frames = frames(image.order(), levels, Levels::any);
        var pixels = draft.rows() * draft.columns();
        var bytes = Room.of((long) frames.size() * pixels);
        for (int i = 0; i < frames.size(); i++) {
            var frame = frames.get(i);
            levels.get(frame.segment() - 1).pixels().write(frame.source(), bytes, i * pixels);
        }
        var dataset = common(draft, Kind.PROBABILITIES, segments)
                .set(Tags.SEGMENTATION_TYPE, Vr.CS, "FRACTIONAL")
                .set(Tags.SEGMENTATION_FRACTIONAL_TYPE, Vr.CS, "PROBABILITY")
                .set(Tags.MAXIMUM_FRACTIONAL_VALUE, Vr.US, (long) MOST_IN_A_BYTE)
                .set(Tags.PIXEL_DATA, Vr.OB, bytes);
        depth(dataset, 8);
        return finished(image, dataset, frames);
    }

    private static void require(Draft draft, List<Segmented<Mask>> segments) {
        segments.forEach(segment -> draft.require(
                segment.pixels().frames(),
                segment.pixels().rows(),
                segment.pixels().columns()));
    }

    private static <P> List<Frame> frames(
            List<Integer> order, List<Segmented<P>> segments, BiPredicate<P, Integer> filled) {
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < segments.size(); i++) {
            var pixels = segments.get(i).pixels();
            for (var source : order) {
                if (filled.test(pixels, source)) {
                    frames.add(new Frame(i + 1, source));
                }
            }
        }
        return frames.isEmpty() ? List.of(new Frame(1, order.get(0))) : frames;
    }

    /** Whether a pixel belongs to more than one of them, so that they are no label map. */
    public static boolean overlap(List<Segmented<Mask>> segments) {
        for (int i = 0; i < segments.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (segments.get(i).pixels().overlaps(segments.get(j).pixels())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static <P> Dataset common(Draft draft, Kind kind, List<Segmented<P>> segments) {
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("A Segmentation needs a segment, if only an empty one");
        }
        var described = segments.stream().map(Segmented::segment).toList();
        return Header.of(draft, kind)
                .set(Tags.IMAGE_TYPE, Vr.CS, "DERIVED", "PRIMARY")
                .set(Tags.CONTENT_LABEL, Vr.CS, "SEGMENTATION")
                .set(Tags.CONTENT_DESCRIPTION, Vr.LO, Words.within(64, draft.title()))
                .set(Tags.CONTENT_CREATOR_NAME, Vr.PN, new String[0])
                .set(Tags.SEGMENT_SEQUENCE, SegmentDescriptions.of(described, draft.algorithm()));
    }

    private static void depth(Dataset dataset, long bits) {
        dataset.set(Tags.BITS_ALLOCATED, Vr.US, bits)
                .set(Tags.BITS_STORED, Vr.US, bits)
                .set(Tags.HIGH_BIT, Vr.US, bits - 1)
                .set(Tags.PIXEL_REPRESENTATION, Vr.US, 0L);
    }

    private static DicomObject finished(MultiFrame image, Dataset dataset, List<Frame> frames) {
        image.describe(dataset, frames, new Dataset());
        return new DicomObject(dataset, EXPLICIT_LITTLE_ENDIAN);
    }
}
