package org.auspex.imaging.archive;

import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;

/** Which instance, of which series, of which study. */
public record InstanceUids(Uid study, Uid series, Uid instance) {

    private static final Pattern PATH = Pattern.compile("studies/([0-9.]+)/series/([0-9.]+)/instances/([0-9.]+)$");

    /** @throws DicomRefused if one of them is no UID */
    public static InstanceUids of(String study, String series, String instance) {
        return new InstanceUids(new Uid(study), new Uid(series), new Uid(instance));
    }

    /** @throws DicomRefused if one of them is missing, or no UID */
    public static InstanceUids of(Dataset header) {
        return new InstanceUids(
                uid(header, Tags.STUDY_INSTANCE_UID),
                uid(header, Tags.SERIES_INSTANCE_UID),
                uid(header, Tags.SOP_INSTANCE_UID));
    }

    private static Uid uid(Dataset header, int tag) {
        return header.string(tag)
                .map(Uid::new)
                .orElseThrow(() -> new DicomRefused("The object has no %s".formatted(Tags.shown(tag))));
    }

    /** Of an address or path that ends as {@link #path()}; empty if it ends otherwise. */
    public static Optional<InstanceUids> ofUrl(String url) {
        var found = PATH.matcher(url);
        return found.find() ? Optional.of(of(found.group(1), found.group(2), found.group(3))) : Optional.empty();
    }

    /** {@code studies/1/series/2/instances/3}, as DICOMweb has it. */
    public String path() {
        return "studies/%s/series/%s/instances/%s".formatted(study, series, instance);
    }
}
