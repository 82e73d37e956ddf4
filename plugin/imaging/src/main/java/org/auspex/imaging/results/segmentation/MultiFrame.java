package org.auspex.imaging.results.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.References;

/** The modules of a multi-frame image that is derived from the source, frame by frame (PS3.3, C.7.6.16 and C.7.6.17). */
final class MultiFrame {

    /** A frame that is written: of which segment (0 = of none in particular), and about which frame of the source. */
    record Frame(int segment, int source) {}

    private static final String STACK = "1";

    private final Draft draft;
    private final Places places;

    MultiFrame(Draft draft) {
        this.draft = draft;
        this.places = new Places(draft.source());
    }

    /** Frames of the source from slice to slice. */
    List<Integer> order() {
        return places.order();
    }

    boolean placed() {
        return places.placed();
    }

    /**
     * Adds size, places, order and origin of frames.
     *
     * @param shared groups of all frames; more is added to it
     */
    void describe(Dataset dataset, List<Frame> frames, Dataset shared) {
        var bySegment = frames.get(0).segment() > 0;
        image(dataset, frames.size());
        frameOfReference(dataset);
        dimensions(dataset, bySegment);
        places.share(shared);
        dataset.set(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, shared)
                .set(
                        Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                        frames.stream().map(this::groups).toList());
        var objects = draft.source().stream().map(SourceFrame::object).toList();
        dataset.set(Tags.REFERENCED_SERIES_SEQUENCE, References.series(objects, Tags.REFERENCED_INSTANCE_SEQUENCE))
                .set(Tags.SOURCE_IMAGE_SEQUENCE, References.sources(draft.source()));
    }

    private void image(Dataset dataset, int frames) {
        dataset.set(Tags.ROWS, Vr.US, (long) draft.rows())
                .set(Tags.COLUMNS, Vr.US, (long) draft.columns())
                .set(Tags.NUMBER_OF_FRAMES, Vr.IS, (long) frames)
                .set(Tags.SAMPLES_PER_PIXEL, Vr.US, 1L)
                .set(Tags.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
                .set(Tags.LOSSY_IMAGE_COMPRESSION, Vr.CS, "00");
        draft.source().stream()
                .map(SourceFrame::object)
                .filter(object -> object.string(Tags.LOSSY_IMAGE_COMPRESSION).equals(java.util.Optional.of("01")))
                .findFirst()
                .ifPresent(lossy -> dataset.copy(
                        lossy,
                        Tags.LOSSY_IMAGE_COMPRESSION,
                        Tags.LOSSY_IMAGE_COMPRESSION_RATIO,
                        Tags.LOSSY_IMAGE_COMPRESSION_METHOD));
    }

    private void frameOfReference(Dataset dataset) {
        if (!places.placed()) {
            dataset.set(Tags.PATIENT_ORIENTATION, Vr.CS, new String[0]).copy(draft.first(), Tags.PATIENT_ORIENTATION);
        }
        places.frameOfReference()
                .ifPresent(uid -> dataset.set(Tags.FRAME_OF_REFERENCE_UID, Vr.UI, uid)
                        .set(Tags.POSITION_REFERENCE_INDICATOR, Vr.LO, new String[0])
                        .copy(draft.first(), Tags.POSITION_REFERENCE_INDICATOR));
    }

    private void dimensions(Dataset dataset, boolean bySegment) {
        var organization = draft.uid("dimensions");
        var indexes = new ArrayList<Dataset>();
        if (bySegment) {
            indexes.add(index(Tags.REFERENCED_SEGMENT_NUMBER, Tags.SEGMENT_IDENTIFICATION_SEQUENCE, "Segment Number"));
        }
        indexes.add(
                places.placed()
                        ? index(Tags.IMAGE_POSITION_PATIENT, Tags.PLANE_POSITION_SEQUENCE, "Image Position (Patient)")
                        : index(
                                Tags.IN_STACK_POSITION_NUMBER,
                                Tags.FRAME_CONTENT_SEQUENCE,
                                "In-Stack Position Number"));
        indexes.forEach(index -> index.set(Tags.DIMENSION_ORGANIZATION_UID, Vr.UI, organization));
        dataset.set(
                        Tags.DIMENSION_ORGANIZATION_SEQUENCE,
                        new Dataset().set(Tags.DIMENSION_ORGANIZATION_UID, Vr.UI, organization))
                .set(Tags.DIMENSION_INDEX_SEQUENCE, indexes);
    }

    private static Dataset index(int pointer, int group, String label) {
        return new Dataset()
                .set(Tags.DIMENSION_INDEX_POINTER, Vr.AT, Integer.toUnsignedLong(pointer))
                .set(Tags.FUNCTIONAL_GROUP_POINTER, Vr.AT, Integer.toUnsignedLong(group))
                .set(Tags.DIMENSION_DESCRIPTION_LABEL, Vr.LO, label);
    }

    private Dataset groups(Frame frame) {
        var groups = new Dataset()
                .set(
                        Tags.DERIVATION_IMAGE_SEQUENCE,
                        References.derivation(draft.source().get(frame.source())))
                .set(Tags.FRAME_CONTENT_SEQUENCE, content(frame));
        places.place(groups, frame.source());
        return frame.segment() == 0
                ? groups
                : groups.set(
                        Tags.SEGMENT_IDENTIFICATION_SEQUENCE,
                        new Dataset().set(Tags.REFERENCED_SEGMENT_NUMBER, Vr.US, (long) frame.segment()));
    }

    private Dataset content(Frame frame) {
        var slice = places.slice(frame.source());
        var values = frame.segment() == 0 ? LongStream.of(slice) : LongStream.of(frame.segment(), slice);
        var content = new Dataset().set(Tags.DIMENSION_INDEX_VALUES, Vr.UL, values.toArray());
        return places.placed()
                ? content
                : content.set(Tags.STACK_ID, Vr.SH, STACK).set(Tags.IN_STACK_POSITION_NUMBER, Vr.UL, slice);
    }
}
