package org.auspex.imaging.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.pixels.SourceFrame;

/** References from what is made to what it was made of. */
public final class References {

    private static final Code SEGMENTATION = Code.dcm("113076", "Segmentation");
    private static final Code SOURCE = Code.dcm("121322", "Source image for image processing operation");

    private References() {}

    /** An item with class and instance. */
    public static Dataset instance(Dataset object) {
        return new Dataset()
                .set(Tags.REFERENCED_SOP_CLASS_UID, Vr.UI, required(object, Tags.SOP_CLASS_UID))
                .set(Tags.REFERENCED_SOP_INSTANCE_UID, Vr.UI, required(object, Tags.SOP_INSTANCE_UID));
    }

    /** An item with class and instance, and the frame where the object has several. */
    public static Dataset frame(SourceFrame frame) {
        var item = instance(frame.object());
        return frame.object().has(Tags.NUMBER_OF_FRAMES)
                ? item.set(Tags.REFERENCED_FRAME_NUMBER, Vr.IS, (long) frame.number())
                : item;
    }

    /** Items with class and instance, one for each object, and of those with several frames the numbers of those that are meant. */
    public static List<Dataset> sources(List<SourceFrame> frames) {
        var byObject = new LinkedHashMap<String, List<SourceFrame>>();
        frames.forEach(frame -> byObject.computeIfAbsent(
                        required(frame.object(), Tags.SOP_INSTANCE_UID), first -> new ArrayList<>())
                .add(frame));
        return byObject.values().stream().map(References::frames).toList();
    }

    private static Dataset frames(List<SourceFrame> ofObject) {
        var object = ofObject.get(0).object();
        var item = instance(object);
        return object.has(Tags.NUMBER_OF_FRAMES)
                ? item.set(
                        Tags.REFERENCED_FRAME_NUMBER,
                        Vr.IS,
                        ofObject.stream().mapToLong(SourceFrame::number).toArray())
                : item;
    }

    /** The item of a Derivation Image Sequence (PS3.3, C.7.6.16.2.6): which frame, and that no pixel was moved. */
    public static Dataset derivation(SourceFrame frame) {
        return new Dataset()
                .set(Tags.DERIVATION_CODE_SEQUENCE, SEGMENTATION.item())
                .set(
                        Tags.SOURCE_IMAGE_SEQUENCE,
                        frame(frame)
                                .set(Tags.SPATIAL_LOCATIONS_PRESERVED, Vr.CS, "YES")
                                .set(Tags.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, SOURCE.item()));
    }

    /** Items of a Referenced Series Sequence, one for each series, each object once. */
    public static List<Dataset> series(List<Dataset> objects, int instances) {
        var series = new LinkedHashMap<String, LinkedHashSet<String>>();
        var known = new LinkedHashMap<String, Dataset>();
        for (var object : objects) {
            var uid = required(object, Tags.SOP_INSTANCE_UID);
            known.putIfAbsent(uid, object);
            series.computeIfAbsent(required(object, Tags.SERIES_INSTANCE_UID), none -> new LinkedHashSet<>())
                    .add(uid);
        }
        return series.entrySet().stream()
                .map(entry -> new Dataset()
                        .set(Tags.SERIES_INSTANCE_UID, Vr.UI, entry.getKey())
                        .set(
                                instances,
                                entry.getValue().stream()
                                        .map(uid -> instance(java.util.Objects.requireNonNull(known.get(uid))))
                                        .toList()))
                .toList();
    }

    public static String required(Dataset object, int tag) {
        return object.string(tag)
                .orElseThrow(() -> new DicomRefused(
                        "An object has no %s, so that nothing can refer to it".formatted(Tags.shown(tag))));
    }
}
