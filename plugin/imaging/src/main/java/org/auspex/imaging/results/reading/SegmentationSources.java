package org.auspex.imaging.results.reading;

import java.util.HashSet;
import java.util.Set;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;

/** Which images a Segmentation says that it is about. */
public final class SegmentationSources {

    private SegmentationSources() {}

    /**
     * SOP Instance UIDs, of the object as a whole and of its frames.
     *
     * @throws DicomRefused if it does not say of each frame what it is about
     */
    public static Set<String> of(Dataset segmentation) {
        var uids = new HashSet<String>();
        segmentation.items(Tags.REFERENCED_SERIES_SEQUENCE).stream()
                .flatMap(series -> series.items(Tags.REFERENCED_INSTANCE_SEQUENCE).stream())
                .forEach(item -> item.string(Tags.REFERENCED_SOP_INSTANCE_UID).ifPresent(uids::add));
        FrameGroups.of(segmentation).stream()
                .flatMap(groups -> groups.sources().stream())
                .forEach(item -> item.string(Tags.REFERENCED_SOP_INSTANCE_UID).ifPresent(uids::add));
        return uids;
    }
}
