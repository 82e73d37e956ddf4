package org.auspex.imaging.pictures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.archive.ArchiveFailed;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.results.reading.SegmentationSources;
import org.auspex.imaging.results.segmentation.Form;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.study.StudyUid;
import org.auspex.kernel.evidence.LabelSource;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.images.LabelledPicture;
import org.hl7.fhir.r4.model.ImagingStudy;

/** Segmentations that lie beside the images of a study, as labels of those images. Images of one frame only. */
public final class StudyLabels implements LabelSource {

    private static final Set<String> SEGMENTATIONS =
            Set.of("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7");

    private final Function<ImagingStudy, Archive> archives;
    private final PictureReader reader;

    /**
     * @param archives where the images of a study are
     */
    public StudyLabels(Function<ImagingStudy, Archive> archives, PictureReader reader) {
        this.archives = archives;
        this.reader = reader;
    }

    @Override
    public List<LabelledPicture> labelled(Wish wish) {
        if (wish.images().volume()) {
            throw new ImageRefused("a head learns from single images, and the model looks at volumes");
        }
        try {
            var archive = archives.apply(wish.images().study());
            var headers = archive.metadata(StudyUid.of(wish.images().study()), Optional.empty());
            return labelled(wish, archive, headers);
        } catch (DicomRefused | ArchiveFailed e) {
            throw new ImageRefused(String.valueOf(e.getMessage()));
        }
    }

    private List<LabelledPicture> labelled(Wish wish, Archive archive, List<Dataset> headers) {
        var images = headers.stream().filter(header -> isMeant(header, wish)).toList();
        var marked = new LinkedHashMap<String, Mask>();
        for (var segmentation : meant(headers, wish)) {
            marks(archive, segmentation, images, wish).forEach((image, mask) -> {
                if (marked.putIfAbsent(image, mask) != null) {
                    throw new ImageRefused(
                            "image %s is marked by several Segmentations; name one in segmentation".formatted(image));
                }
            });
        }
        if (marked.isEmpty()) {
            throw new ImageRefused(
                    "no DICOM Segmentation that a person made marks one of its images (what a machine marked has to be named in"
                            + " segmentation)");
        }
        return images.stream()
                .flatMap(image -> Optional.ofNullable(marked.get(uid(image))).stream()
                        .<LabelledPicture>map(mask -> new StudyLabel(place(archive, List.of(image)), mask)))
                .toList();
    }

    private static boolean isMeant(Dataset header, Wish wish) {
        return header.has(Tags.ROWS)
                && !isSegmentation(header)
                && header.string(Tags.SERIES_INSTANCE_UID)
                        .filter(wish.images().series()::contains)
                        .isPresent();
    }

    private static boolean isSegmentation(Dataset header) {
        return header.string(Tags.SOP_CLASS_UID).filter(SEGMENTATIONS::contains).isPresent();
    }

    /** Those that are named, and if none of the study is, all. */
    private static List<Dataset> meant(List<Dataset> headers, Wish wish) {
        var all = headers.stream().filter(StudyLabels::isSegmentation).toList();
        var named = all.stream()
                .filter(header -> wish.segmentations().contains(uid(header)))
                .toList();
        return named.isEmpty() ? all : named;
    }

    /** What one Segmentation marks, by image. */
    private Map<String, Mask> marks(Archive archive, Dataset segmentation, List<Dataset> images, Wish wish) {
        var named = wish.segmentations().contains(uid(segmentation));
        return reader.read(place(archive, List.of(segmentation)), objects -> {
            var object = objects.get(0).dataset();
            var marks = new SegmentMarks(object, wish.segment(), named);
            if (!marks.isLabel()) {
                return Map.of();
            }
            var sources = SegmentationSources.of(object);
            var meant = images.stream()
                    .filter(image -> sources.contains(uid(image)))
                    .toList();
            if (meant.isEmpty()) {
                throw new ImageRefused("Segmentation %s is about none of the images that the model looks at"
                        .formatted(uid(segmentation)));
            }
            return reader.read(place(archive, meant), marks::onto);
        });
    }

    /** Nothing is written beside what is learnt from, so its form does not matter. */
    private StudyPicture.Place place(Archive archive, List<Dataset> headers) {
        return new StudyPicture.Place(
                archive, headers.stream().map(InstanceUids::of).toList(), reader, Form.BINARY);
    }

    static String uid(Dataset header) {
        return header.string(Tags.SOP_INSTANCE_UID)
                .orElseThrow(() -> new DicomRefused("An object of the study has no SOP Instance UID"));
    }
}
