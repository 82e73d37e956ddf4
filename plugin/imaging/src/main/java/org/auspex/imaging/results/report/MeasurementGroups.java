package org.auspex.imaging.results.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.References;
import org.auspex.imaging.results.Tracking;

/**
 * The group of measurements of a finding: TID 1410 of a segment in one frame, TID 1411 of a segment in several, TID 1501 of a finding
 * without a segment. A finding has the segment with its tracking UID.
 */
final class MeasurementGroups {

    private static final Code GROUP = Code.dcm("125007", "Measurement Group");
    private static final Code FINDING_SITE = Code.sct("363698007", "Finding Site");
    private static final Code SOURCE_OF_SEGMENT = Code.dcm("121233", "Source image for segmentation");
    private static final Code SOURCE_OF_MEASUREMENT = Code.dcm("121112", "Source of Measurement");

    private final Draft draft;
    private final Optional<Dataset> segmentation;

    MeasurementGroups(Draft draft, Optional<Dataset> segmentation) {
        this.draft = draft;
        this.segmentation = segmentation;
    }

    Dataset of(Measured finding) {
        var content = about(finding);
        var template = "1501";
        var segment = segmentation.flatMap(object -> segment(object, finding.tracking()));
        if (segment.isPresent()) {
            var frames = frames(segmentation.orElseThrow(), segment.get());
            template = planar(frames) ? "1410" : "1411";
            content.add(region(segment.get(), frames));
            content.addAll(sources(segmentation.orElseThrow(), frames));
        } else {
            draft.source().forEach(frame -> content.add(Content.image(SOURCE_OF_MEASUREMENT, References.frame(frame))));
        }
        content.addAll(algorithm());
        finding.measurements().forEach(measurement -> content.add(measurement.item()));
        finding.evaluations().forEach(evaluation -> content.add(evaluation.item()));
        return Content.container("CONTAINS", GROUP, template, content);
    }

    private static List<Dataset> about(Measured finding) {
        var content = new ArrayList<Dataset>();
        var tracking = finding.tracking();
        content.add(Content.text("HAS OBS CONTEXT", Code.dcm("112039", "Tracking Identifier"), tracking.identifier()));
        content.add(Content.uid("HAS OBS CONTEXT", Code.dcm("112040", "Tracking Unique Identifier"), tracking.uid()));
        content.add(Content.code("CONTAINS", Code.dcm("121071", "Finding"), finding.finding()));
        finding.site().ifPresent(site -> content.add(Content.code("HAS CONCEPT MOD", FINDING_SITE, site)));
        return content;
    }

    /** Algorithm identification (TID 4019). */
    private List<Dataset> algorithm() {
        return List.of(
                Content.text(
                        "HAS CONCEPT MOD",
                        Code.dcm("111001", "Algorithm Name"),
                        draft.algorithm().name()),
                Content.text(
                        "HAS CONCEPT MOD",
                        Code.dcm("111003", "Algorithm Version"),
                        draft.algorithm().version()));
    }

    private static Optional<Long> segment(Dataset segmentation, Tracking tracking) {
        return segmentation.items(Tags.SEGMENT_SEQUENCE).stream()
                .filter(item -> item.string(Tags.TRACKING_UID).equals(Optional.of(tracking.uid())))
                .flatMap(item -> item.integer(Tags.SEGMENT_NUMBER).stream())
                .map(Integer::longValue)
                .findFirst();
    }

    /** From 1: the frames of a segment; all frames of a label map. */
    private static List<Integer> frames(Dataset segmentation, long segment) {
        var groups = segmentation.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        var frames = new ArrayList<Integer>();
        for (int i = 0; i < groups.size(); i++) {
            var of = groups.get(i)
                    .item(Tags.SEGMENT_IDENTIFICATION_SEQUENCE)
                    .flatMap(item -> item.integer(Tags.REFERENCED_SEGMENT_NUMBER));
            if (of.isEmpty() || of.get() == segment) {
                frames.add(i + 1);
            }
        }
        return frames;
    }

    /** Whether one frame is all there is of a segment, and is about nothing else. */
    private boolean planar(List<Integer> frames) {
        var labels = segmentation
                .flatMap(object -> object.string(Tags.SEGMENTATION_TYPE))
                .equals(Optional.of("LABELMAP"));
        return frames.size() == 1 && !labels;
    }

    /** A reference names frames or segments, and not both (PS3.3, table 10-3). */
    private Dataset region(long segment, List<Integer> frames) {
        var reference = References.instance(segmentation.orElseThrow());
        return planar(frames)
                ? Content.image(
                        Code.dcm("121214", "Referenced Segmentation Frame"),
                        reference.set(
                                Tags.REFERENCED_FRAME_NUMBER,
                                Vr.IS,
                                frames.get(0).longValue()))
                : Content.image(
                        Code.dcm("121191", "Referenced Segment"),
                        reference.set(Tags.REFERENCED_SEGMENT_NUMBER, Vr.US, segment));
    }

    /** The images that a segment was found in, each once, with the frames of it. */
    private static List<Dataset> sources(Dataset segmentation, List<Integer> frames) {
        var groups = segmentation.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        var images = new LinkedHashMap<String, Dataset>();
        for (var frame : frames) {
            groups.get(frame - 1)
                    .item(Tags.DERIVATION_IMAGE_SEQUENCE)
                    .flatMap(derivation -> derivation.item(Tags.SOURCE_IMAGE_SEQUENCE))
                    .ifPresent(image -> images.merge(
                            References.required(image, Tags.REFERENCED_SOP_INSTANCE_UID),
                            new Dataset()
                                    .copy(
                                            image,
                                            Tags.REFERENCED_SOP_CLASS_UID,
                                            Tags.REFERENCED_SOP_INSTANCE_UID,
                                            Tags.REFERENCED_FRAME_NUMBER),
                            MeasurementGroups::both));
        }
        return images.values().stream()
                .map(image -> Content.image(SOURCE_OF_SEGMENT, image))
                .toList();
    }

    private static Dataset both(Dataset one, Dataset other) {
        var frames = Stream.of(one, other)
                .flatMap(image -> image.integers(Tags.REFERENCED_FRAME_NUMBER).stream())
                .mapToLong(Integer::longValue)
                .sorted()
                .distinct()
                .toArray();
        return frames.length == 0 ? one : one.set(Tags.REFERENCED_FRAME_NUMBER, Vr.IS, frames);
    }
}
