package org.auspex.imaging.corrections;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.Copies;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.References;

/** The frames that a model looked at, as its Segmentations name them; no pixel of them is decoded. */
final class SourceFrames {

    private final Copies copies;
    private final PixelReader pixels;

    SourceFrames(Copies copies, PixelReader pixels) {
        this.copies = copies;
        this.pixels = pixels;
    }

    /**
     * The frames of all, each once.
     *
     * @throws DicomRefused if they are of different sizes, so that there is no one grid
     */
    List<SourceFrame> of(List<Dataset> segmentations, Archive archive, Path folder) throws IOException {
        var objects = new LinkedHashMap<InstanceUids, List<Integer>>();
        segmentations.forEach(
                one -> named(one).forEach((object, numbers) -> objects.merge(object, numbers, SourceFrames::together)));
        var frames = new ArrayList<SourceFrame>();
        for (var object : objects.entrySet()) {
            var opened = pixels.open(copies.read(archive, object.getKey(), folder));
            var numbers = object.getValue().isEmpty()
                    ? IntStream.rangeClosed(1, opened.count()).boxed().toList()
                    : object.getValue();
            numbers.forEach(number -> frames.add(opened.source(number)));
        }
        if (frames.stream()
                        .map(frame -> frame.rows() + " x " + frame.columns())
                        .distinct()
                        .count()
                != 1) {
            throw new DicomRefused(
                    "The images that it is about are of different sizes, or none; send a Segmentation of its own for each");
        }
        return frames;
    }

    /** None means all. */
    private static List<Integer> together(List<Integer> some, List<Integer> others) {
        return some.isEmpty() || others.isEmpty()
                ? List.of()
                : Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** Frame numbers of objects; none where an object has a single frame. */
    private static Map<InstanceUids, List<Integer>> named(Dataset segmentation) {
        var study = References.required(segmentation, Tags.STUDY_INSTANCE_UID);
        var series = new HashMap<String, String>();
        for (var item : segmentation.items(Tags.REFERENCED_SERIES_SEQUENCE)) {
            var uid = References.required(item, Tags.SERIES_INSTANCE_UID);
            item.items(Tags.REFERENCED_INSTANCE_SEQUENCE)
                    .forEach(instance ->
                            series.put(References.required(instance, Tags.REFERENCED_SOP_INSTANCE_UID), uid));
        }
        var named = new LinkedHashMap<InstanceUids, List<Integer>>();
        for (var item : segmentation.items(Tags.SOURCE_IMAGE_SEQUENCE)) {
            var uid = References.required(item, Tags.REFERENCED_SOP_INSTANCE_UID);
            named.merge(
                    InstanceUids.of(study, series.getOrDefault(uid, ""), uid),
                    item.integers(Tags.REFERENCED_FRAME_NUMBER),
                    SourceFrames::together);
        }
        return named;
    }
}
